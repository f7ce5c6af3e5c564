// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/crypto/keyring.h"

namespace gx::crypto {

inline constexpr quint32 kMaxPreKeyId = 0xFFFFFE;
inline constexpr quint32 kLastResortPreKeyId = 0xFFFFFF;  // served when no other is left; not removed by use
inline constexpr int kPreKeyBatch = 100;

struct PublicPreKey {
  quint32 id = 0;
  QByteArray key;  // 33 bytes
  bool operator==(const PublicPreKey &) const = default;
};

struct PublicSignedPreKey {
  quint32 id = 0;
  QByteArray key;
  QByteArray signature;      // 64 bytes
  QByteArray lastResortKey;  // of the last-resort prekey made with it; empty in a bundle
  bool operator==(const PublicSignedPreKey &) const = default;
};

// Makes and stores `count` prekeys with ids from `firstId` on (wrapping from kMaxPreKeyId to 1); returns what is to be
// uploaded.
[[nodiscard]] Result<std::vector<PublicPreKey>> makePreKeys(const Keyring &keyring, quint32 firstId,
                                                            int count = kPreKeyBatch);
// Makes and stores a signed prekey and its last-resort prekey.
[[nodiscard]] Result<PublicSignedPreKey> makeSignedPreKey(const Keyring &keyring, quint32 id);
// The id after the last one of a batch.
[[nodiscard]] quint32 nextPreKeyId(quint32 firstId, int count);

}  // namespace gx::crypto
