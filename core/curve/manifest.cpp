// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/curve/manifest.h"

#include <algorithm>

#include "core/curve/signature.h"

namespace gx::curve {

namespace {

constexpr qsizetype kHashSize = 32;

tl::unexpected<Error> untrusted(const char *code, QByteArray detail) {
  return fail(ErrorKind::Untrusted, std::move(detail), code);
}

bool byDeviceId(const ManifestDevice &listed, DeviceId device) {
  return listed.device < device;
}

}  // namespace

Result<Manifest> Manifest::verify(UserId account, std::span<const ManifestEntry> entries) {
  Manifest manifest(account);
  for (const ManifestEntry &entry : entries) {
    const Result<> appended = manifest.append(entry);
    if (!appended) return tl::unexpected(appended.error());
  }
  return manifest;
}

Result<> Manifest::append(const ManifestEntry &entry) {
  Result<> checked = checkLink(entry);
  if (!checked) return checked;
  const std::optional<PublicKey> signer = signerOf(entry);
  if (!signer) return untrusted(kManifestBroken, "signed by a device that is not listed");
  if (!isSignedBy(*signer, signedBytes(entry), entry.signature)) return untrusted(kManifestBroken, "wrong signature");
  apply(entry);
  return {};
}

Result<> Manifest::advance(std::span<const ManifestEntry> served) {
  if (served.empty()) return {};
  if (served.back().version < version()) return untrusted(kManifestRollback, "older than what is pinned");
  if (served.front().version > version() + 1) return untrusted(kManifestGap, "does not follow what is pinned");
  Manifest next = *this;
  quint64 expected = served.front().version;
  for (const ManifestEntry &entry : served) {
    if (entry.version == 0 || entry.version != expected++) return untrusted(kManifestGap, "versions do not follow");
    if (entry.version <= version()) {
      if (entryHash(entry) == m_hashes[entry.version - 1]) continue;
      const bool isOtherRoot = entry.version == 1 && entry.identityKey != root();
      return untrusted(isOtherRoot ? kManifestNewRoot : kManifestFork, "differs from what is pinned");
    }
    Result<> appended = next.append(entry);
    if (!appended) return appended;
  }
  *this = std::move(next);
  return {};
}

QByteArray Manifest::hash() const {
  return m_hashes.empty() ? QByteArray(kHashSize, '\0') : m_hashes.back();
}

std::optional<PublicKey> Manifest::identityOf(DeviceId device) const {
  const auto found = std::lower_bound(m_devices.begin(), m_devices.end(), device, byDeviceId);
  if (found == m_devices.end() || found->device != device) return std::nullopt;
  return found->identityKey;
}

PublicKey Manifest::root() const {
  return m_entries.empty() ? PublicKey{} : m_entries.front().identityKey;
}

Result<> Manifest::checkLink(const ManifestEntry &entry) const {
  if (entry.account != m_account) return untrusted(kManifestBroken, "entry of another account");
  if (m_entries.size() >= kMaxEntries) return fail(ErrorKind::TooLarge, "manifest too long");
  if (entry.version != version() + 1) return untrusted(kManifestGap, "versions do not follow");
  if (entry.previousHash != hash()) return untrusted(kManifestFork, "follows another history");
  if (entry.device.isNull() || entry.identityKey.isNull() || entry.nameHash.size() != kHashSize)
    return untrusted(kManifestBroken, "field missing or of wrong size");
  const std::optional<PublicKey> listed = identityOf(entry.device);
  if (entry.operation == ManifestOperation::Remove) {
    if (!listed || *listed != entry.identityKey) return untrusted(kManifestBroken, "removes what is not listed");
    return {};
  }
  const bool isKeyListed = std::any_of(m_devices.begin(), m_devices.end(), [&](const ManifestDevice &other) {
    return other.identityKey == entry.identityKey;
  });
  if (listed || isKeyListed) return untrusted(kManifestBroken, "adds what is listed");
  if (m_devices.size() >= kMaxDevices) return untrusted(kManifestBroken, "too many devices");
  return {};
}

std::optional<PublicKey> Manifest::signerOf(const ManifestEntry &entry) const {
  if (!m_entries.empty()) return identityOf(entry.byDevice);
  const bool isRoot = entry.operation == ManifestOperation::Add && entry.byDevice == entry.device;
  return isRoot ? std::optional(entry.identityKey) : std::nullopt;
}

void Manifest::apply(const ManifestEntry &entry) {
  m_entries.push_back(entry);
  m_hashes.push_back(entryHash(entry));
  const auto place = std::lower_bound(m_devices.begin(), m_devices.end(), entry.device, byDeviceId);
  if (entry.operation == ManifestOperation::Add)
    m_devices.insert(place, ManifestDevice{entry.device, entry.identityKey, entry.version});
  else
    m_devices.erase(place);
}

}  // namespace gx::curve
