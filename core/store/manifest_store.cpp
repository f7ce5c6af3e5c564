// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/manifest_store.h"

namespace gx::store {

namespace {

// The key may be one that parse() refuses only if the file was tampered with; the null key then fails the chain.
curve::ManifestEntry readEntry(const Statement &row) {
  curve::ManifestEntry entry;
  entry.account = row.id<UserId>(0);
  entry.version = static_cast<quint64>(row.number(1));
  entry.previousHash = row.bytes(2);
  entry.operation = static_cast<curve::ManifestOperation>(row.integer(3));
  entry.device = row.device(4);
  entry.identityKey = curve::PublicKey::parse(row.bytes(5)).value_or(curve::PublicKey());
  entry.nameHash = row.bytes(6);
  entry.createdAt = row.time(7);
  entry.byDevice = row.device(8);
  entry.signature = row.bytes(9);
  return entry;
}

}  // namespace

Result<std::vector<curve::ManifestEntry>> ManifestStore::entries(UserId user, bool isCandidate) {
  return m_database
      .statement(
          "SELECT user, version, previous_hash, operation, device, identity_key, name_hash, created_at, by_device, "
          "signature FROM manifest_entry WHERE user = :user AND is_candidate = :candidate ORDER BY version")
      .bind(":user", user)
      .bind(":candidate", isCandidate)
      .all(readEntry);
}

Result<> ManifestStore::putEntry(const curve::ManifestEntry &entry, bool isCandidate) {
  return m_database
      .statement(
          "INSERT OR IGNORE INTO manifest_entry(user, is_candidate, version, previous_hash, operation, device, "
          "identity_key, name_hash, created_at, by_device, signature) VALUES (:user, :candidate, :version, :previous, "
          ":operation, :device, :identity_key, :name_hash, :created_at, :by_device, :signature)")
      .bind(":user", entry.account)
      .bind(":candidate", isCandidate)
      .bind(":version", entry.version)
      .bind(":previous", entry.previousHash)
      .bind(":operation", static_cast<int>(entry.operation))
      .bind(":device", entry.device)
      .bind(":identity_key", entry.identityKey.bytes())
      .bind(":name_hash", entry.nameHash)
      .bind(":created_at", entry.createdAt)
      .bind(":by_device", entry.byDevice)
      .bind(":signature", entry.signature)
      .run();
}

Result<> ManifestStore::ensureRow(UserId user) {
  return m_database.statement("INSERT OR IGNORE INTO manifest(user) VALUES (:user)").bind(":user", user).run();
}

Result<> ManifestStore::removeEntries(UserId user, bool isCandidate) {
  return m_database.statement("DELETE FROM manifest_entry WHERE user = :user AND is_candidate = :candidate")
      .bind(":user", user)
      .bind(":candidate", isCandidate)
      .run();
}

Result<> ManifestStore::writeDevices(const curve::Manifest &manifest) {
  const auto removed =
      m_database.statement("DELETE FROM manifest_device WHERE user = :user").bind(":user", manifest.account()).run();
  if (!removed) return removed;
  for (const auto &device : manifest.devices()) {
    const auto put =
        m_database.statement("INSERT INTO manifest_device(user, device, identity_key) VALUES (:user, :device, :key)")
            .bind(":user", manifest.account())
            .bind(":device", device.device)
            .bind(":key", device.identityKey.bytes())
            .run();
    if (!put) return put;
  }
  return {};
}

Result<curve::Manifest> ManifestStore::pinned(UserId user) {
  const auto chain = entries(user, false);
  if (!chain) return fail(chain.error());
  if (chain->empty()) return curve::Manifest(user);
  return curve::Manifest::verify(user, *chain);
}

Result<> ManifestStore::pin(const curve::Manifest &manifest) {
  if (const auto row = ensureRow(manifest.account()); !row) return row;
  if (const auto removed = removeEntries(manifest.account(), false); !removed) return removed;
  for (const auto &entry : manifest.entries())
    if (const auto put = putEntry(entry, false); !put) return put;
  return writeDevices(manifest);
}

Result<std::optional<QByteArray>> ManifestStore::hashOf(UserId user, quint64 version) {
  return m_database
      .statement(
          "SELECT user, version, previous_hash, operation, device, identity_key, name_hash, created_at, by_device, "
          "signature FROM manifest_entry WHERE user = :user AND is_candidate = 0 AND version = :version")
      .bind(":user", user)
      .bind(":version", version)
      .first([](const Statement &row) { return curve::entryHash(readEntry(row)); });
}

Result<quint64> ManifestStore::version(UserId user) {
  return m_database
      .statement("SELECT coalesce(max(version), 0) FROM manifest_entry WHERE user = :user AND is_candidate = 0")
      .bind(":user", user)
      .value()
      .map([](qint64 version) { return static_cast<quint64>(version); });
}

Result<std::vector<curve::ManifestDevice>> ManifestStore::devices(UserId user) {
  return m_database.statement("SELECT device, identity_key FROM manifest_device WHERE user = :user ORDER BY device")
      .bind(":user", user)
      .all([](const Statement &row) {
        return curve::ManifestDevice{row.device(0), curve::PublicKey::parse(row.bytes(1)).value_or(curve::PublicKey()),
                                     0};
      });
}

Result<std::optional<curve::Manifest>> ManifestStore::candidate(UserId user) {
  const auto chain = entries(user, true);
  if (!chain) return fail(chain.error());
  if (chain->empty()) return std::nullopt;
  const auto manifest = curve::Manifest::verify(user, *chain);
  if (!manifest) return fail(manifest.error());
  return *manifest;
}

Result<> ManifestStore::putCandidate(const curve::Manifest &manifest) {
  if (const auto row = ensureRow(manifest.account()); !row) return row;
  if (const auto removed = removeEntries(manifest.account(), true); !removed) return removed;
  for (const auto &entry : manifest.entries())
    if (const auto put = putEntry(entry, true); !put) return put;
  return {};
}

Result<> ManifestStore::dropCandidate(UserId user) {
  return removeEntries(user, true);
}

Result<ManifestTrust> ManifestStore::trust(UserId user) {
  const auto row = m_database.statement("SELECT is_verified, alarm FROM manifest WHERE user = :user")
                       .bind(":user", user)
                       .first([](const Statement &r) { return ManifestTrust{r.flag(0), r.bytes(1)}; });
  if (!row) return fail(row.error());
  return row->value_or(ManifestTrust());
}

Result<> ManifestStore::setTrust(UserId user, const ManifestTrust &trust) {
  if (const auto row = ensureRow(user); !row) return row;
  return m_database.statement("UPDATE manifest SET is_verified = :verified, alarm = :alarm WHERE user = :user")
      .bind(":verified", trust.isVerified)
      .bind(":alarm", trust.alarm)
      .bind(":user", user)
      .run();
}

}  // namespace gx::store
