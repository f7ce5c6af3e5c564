// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "core/curve/manifest.h"
#include "core/store/database.h"

namespace gx::store {

struct ManifestTrust {
  bool isVerified = false;
  QByteArray alarm;  // empty: all is well; else why nothing is sent
};

// Pinned device lists, chains of another history that wait for a decision, and what is thought of both.
class ManifestStore final {
 public:
  explicit ManifestStore(Database &database) : m_database(database) {}

  // Verified anew from its entries; empty if none is pinned.
  [[nodiscard]] Result<curve::Manifest> pinned(UserId user);
  // The device list that SignalKeyStore::trustedIdentity() answers from follows.
  [[nodiscard]] Result<> pin(const curve::Manifest &manifest);
  // Entry hash of a pinned version; nothing if there is no such version.
  [[nodiscard]] Result<std::optional<QByteArray>> hashOf(UserId user, quint64 version);
  [[nodiscard]] Result<quint64> version(UserId user);
  [[nodiscard]] Result<std::vector<curve::ManifestDevice>> devices(UserId user);

  [[nodiscard]] Result<std::optional<curve::Manifest>> candidate(UserId user);
  [[nodiscard]] Result<> putCandidate(const curve::Manifest &manifest);
  [[nodiscard]] Result<> dropCandidate(UserId user);

  [[nodiscard]] Result<ManifestTrust> trust(UserId user);
  [[nodiscard]] Result<> setTrust(UserId user, const ManifestTrust &trust);

 private:
  [[nodiscard]] Result<std::vector<curve::ManifestEntry>> entries(UserId user, bool isCandidate);
  [[nodiscard]] Result<> putEntry(const curve::ManifestEntry &entry, bool isCandidate);
  [[nodiscard]] Result<> ensureRow(UserId user);
  [[nodiscard]] Result<> removeEntries(UserId user, bool isCandidate);
  [[nodiscard]] Result<> writeDevices(const curve::Manifest &manifest);

  Database &m_database;
};

}  // namespace gx::store
