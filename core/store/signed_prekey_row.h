// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/crypto/prekeys.h"
#include "core/store/statement.h"

// The columns of signed_prekey, for SignalKeyStore and KeyBatchStore alone.
namespace gx::store {

#define GX_SIGNED_PREKEY_COLUMNS \
  "id, public_key, signature, record, last_resort_public_key, last_resort_record, created_at"

[[nodiscard]] inline crypto::StoredSignedPreKey readSignedPreKey(const Statement &row) {
  crypto::StoredSignedPreKey key;
  key.id = static_cast<quint32>(row.number(0));
  key.publicKey = row.bytes(1);
  key.signature = row.bytes(2);
  key.record = row.bytes(3);
  key.lastResortPublicKey = row.bytes(4);
  key.lastResortRecord = row.bytes(5);
  key.createdAt = row.time(6);
  return key;
}

}  // namespace gx::store
