// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>
#include <vector>

#include "core/base/async.h"
#include "core/crypto/prekeys.h"

namespace gx::vault {

class VaultThread;

struct OwnIdentity {
  curve::PublicKey publicKey;
  quint32 registrationId = 0;

  bool operator==(const OwnIdentity &) const = default;
};

// What PUT /keys (or PUT /keys/reset) carries. Stored before it is sent and the same bytes at each try, until confirmed
// (SECURITY.md C19); only prekeys that were used meanwhile are left out.
struct KeyBatch {
  qint64 number = 0;     // 0: nothing to upload
  bool isReset = false;  // goes to /keys/reset, without the identity key
  std::optional<curve::PublicKey> identityKey{};
  std::optional<quint32> registrationId{};
  std::optional<crypto::PublicSignedPreKey> signedPreKey{};  // with its lastResortKey
  std::vector<crypto::PublicPreKey> preKeys{};

  [[nodiscard]] bool isEmpty() const { return number == 0; }
  bool operator==(const KeyBatch &) const = default;
};

struct KeyDigest {
  quint32 id = 0;
  QByteArray digest;  // first 8 bytes of SHA-256(public key)
};

// What GET /keys/audit answered.
struct KeyAudit {
  KeyDigest signedPreKey;
  KeyDigest lastResortPreKey;
  std::vector<KeyDigest> preKeys;
};

// This device's own identity and prekeys. Main thread.
class DeviceKeys final {
 public:
  explicit DeviceKeys(VaultThread &thread) : m_thread(thread) {}

  // Made at the first call, the same ever after.
  [[nodiscard]] Async<OwnIdentity> identity();

  // The batch not yet confirmed, if there is one. Else a new one: the first names everything; later ones a rotated
  // signed prekey if there is one, and `wantedPreKeys` fresh prekeys (at most 100). Empty if neither is wanted.
  [[nodiscard]] Async<KeyBatch> uploadBatch(int wantedPreKeys);
  [[nodiscard]] Async<> uploadConfirmed(qint64 batchNumber);
  // A new signed prekey after 7 days; true if one waits for uploadBatch().
  [[nodiscard]] Async<bool> rotateSignedPreKeyIfDue();
  // False if the relay offers a key that this device does not hold: then resetAll().
  [[nodiscard]] Async<bool> holdsAll(KeyAudit audit);
  // A whole new set for PUT /keys/reset; the old private keys stay for late mail.
  [[nodiscard]] Async<> resetAll();

  // XEdDSA with the identity key, 64 bytes.
  [[nodiscard]] Async<QByteArray> sign(QByteArray bytes);

 private:
  VaultThread &m_thread;
};

}  // namespace gx::vault
