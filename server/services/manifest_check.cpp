// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/manifest_check.h"

#include "core/curve/signature.h"
#include "core/wire/limits.h"
#include "server/services/manifest_conversion.h"

namespace gx::server::services {

namespace {

// Every device that is listed can still be removed after it.
constexpr qint64 kLastAddition = wire::limits::kManifestEntries - wire::limits::kDevicesPerAccount;

tl::unexpected<Error> conflict(const char *why) {
  return fail(ErrorKind::Conflict, why, "manifest_conflict");
}

Result<> checkFirst(const domain::Principal &who, const wire::ManifestAppend &request, const curve::Manifest &current) {
  if (!current.devices().empty() && !request.newChain) return conflict("the chain has entries");
  if (who.isActive()) return conflict("an active device does not start a chain");
  if (request.entry.deviceId != who.device)
    return fail(ErrorKind::Invalid, "a chain starts with the device itself", "invalid_manifest");
  return {};
}

Result<> checkNext(const domain::Principal &who, const wire::ManifestEntry &entry, const curve::Manifest &current) {
  if (!who.isActive()) return fail(ErrorKind::Forbidden, "the device is not approved yet", "device_pending");
  if (quint64(entry.version) != current.version() + 1) return conflict("the version is not the next");
  if (entry.prevHash != current.hash()) return conflict("prev_hash is not the last entry's");
  if (entry.isAdd && current.devices().size() >= std::size_t(wire::limits::kDevicesPerAccount))
    return fail(ErrorKind::Invalid, "too many devices", "too_many_devices");
  if (entry.isAdd && entry.version > kLastAddition)
    return fail(ErrorKind::Invalid, "the chain is nearly full: begin a new one", "too_many_devices");
  return {};
}

bool isSigned(const curve::ManifestEntry &entry, const curve::Manifest &chain) {
  const auto signer = entry.version == 1 ? std::optional(entry.identityKey) : chain.identityOf(entry.byDevice);
  return signer && curve::isSignedBy(*signer, curve::signedBytes(entry), entry.signature);
}

}  // namespace

Result<domain::ManifestAct> checkManifestAppend(const domain::Principal &who, const wire::ManifestAppend &request,
                                                std::span<const wire::ManifestEntry> chain) {
  const wire::ManifestEntry &entry = request.entry;
  if (entry.userId != who.user || entry.byDevice != who.device)
    return fail(ErrorKind::Forbidden, "the entry is not by this device", "forbidden");
  const auto converted = toCurve(entry);
  if (!converted) return fail(converted.error());
  const auto stored = toCurve(chain);
  if (!stored) return fail(ErrorKind::Corrupt, "a stored manifest entry is broken");
  const auto current = stored->empty() ? curve::Manifest(who.user) : curve::Manifest::verify(who.user, *stored);
  if (!current) return fail(ErrorKind::Corrupt, "the stored manifest does not verify");

  const bool isFirst = entry.version == 1;
  const Result<> fits = isFirst ? checkFirst(who, request, *current) : checkNext(who, entry, *current);
  if (!fits) return fail(fits.error());
  curve::Manifest next = isFirst ? curve::Manifest(who.user) : *current;
  if (!isSigned(*converted, next)) return fail(ErrorKind::Invalid, "the signature is wrong", "invalid_signature");
  if (const auto taken = next.append(*converted); !taken)
    return fail(ErrorKind::Invalid, taken.error().detail, "invalid_manifest");
  return domain::ManifestAct{entry, curve::entryHash(*converted), isFirst, isFirst && request.newChain};
}

}  // namespace gx::server::services
