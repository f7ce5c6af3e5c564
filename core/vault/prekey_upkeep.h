// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/vault/device_keys.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// This device's prekeys: made, batched for upload, rotated, replaced. Vault thread, inside the job's transaction.
class PreKeyUpkeep final {
 public:
  explicit PreKeyUpkeep(Strongroom &room) : m_room(room) {}

  [[nodiscard]] Result<KeyBatch> uploadBatch(int wantedPreKeys);
  [[nodiscard]] Result<> confirm(qint64 batchNumber);
  [[nodiscard]] Result<bool> rotateIfDue();
  [[nodiscard]] Result<bool> holdsAll(const KeyAudit &audit);
  [[nodiscard]] Result<> resetAll();

 private:
  [[nodiscard]] Result<> makePreKeys(int count);
  [[nodiscard]] Result<> makeSignedPreKey();
  [[nodiscard]] Result<KeyBatch> contents(const store::KeyBatchRow &row);

  Strongroom &m_room;
};

}  // namespace gx::vault
