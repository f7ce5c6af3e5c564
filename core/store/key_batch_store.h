// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "core/crypto/prekeys.h"
#include "core/store/database.h"

namespace gx::store {

// An upload of prekeys that was made and not yet confirmed.
struct KeyBatchRow {
  qint64 number = 0;
  bool isReset = false;
  bool namesIdentity = false;
};

// Which prekeys travel together. Keys made by core/crypto belong to no batch until gather() takes them.
class KeyBatchStore final {
 public:
  explicit KeyBatchStore(Database &database) : m_database(database) {}

  // The oldest one.
  [[nodiscard]] Result<std::optional<KeyBatchRow>> open();
  // A new batch of all keys that are in none.
  [[nodiscard]] Result<KeyBatchRow> gather(bool isReset, bool namesIdentity);
  // A reset replaces what was on its way and all prekeys offered so far.
  [[nodiscard]] Result<> retireAll(WallTime now);
  [[nodiscard]] Result<> confirm(qint64 number);

  [[nodiscard]] Result<std::vector<crypto::PublicPreKey>> preKeys(qint64 number);
  [[nodiscard]] Result<std::optional<crypto::PublicSignedPreKey>> signedPreKey(qint64 number);
  [[nodiscard]] Result<bool> hasUngathered();

  // The newest signed prekey; nothing before the first.
  [[nodiscard]] Result<std::optional<crypto::StoredSignedPreKey>> newestSignedPreKey();
  // All but the newest count as replaced from `now` on.
  [[nodiscard]] Result<> markReplaced(WallTime now);
  [[nodiscard]] Result<std::optional<QByteArray>> preKeyPublic(quint32 id);
  // Last-resort prekeys all have the same id: any of those still kept counts.
  [[nodiscard]] Result<std::vector<QByteArray>> lastResortPublics();

  // Old private keys whose time has passed, with the base keys of their signed prekeys.
  [[nodiscard]] Result<> forget(WallTime preKeysRetiredBefore, WallTime signedReplacedBefore);

 private:
  Database &m_database;
};

}  // namespace gx::store
