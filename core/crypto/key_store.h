// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/curve/public_key.h"
#include "core/model/device_address.h"

namespace gx::crypto {

// A one-time prekey at rest. `record` is sealed (record_seal.h) and opaque to the store.
struct StoredPreKey {
  quint32 id = 0;        // 1 .. 0xFFFFFE
  QByteArray publicKey;  // 33 bytes, for the audit of PROTOCOL.md
  QByteArray record;

  bool operator==(const StoredPreKey &) const = default;
};

// A signed prekey with the last-resort prekey that is served beside it; both are replaced together and kept together,
// so that a late message still finds the pair it was made for.
struct StoredSignedPreKey {
  quint32 id = 0;
  QByteArray publicKey;
  QByteArray signature;  // 64 bytes, by the identity key over the 33 bytes
  QByteArray record;
  QByteArray lastResortPublicKey;
  QByteArray lastResortRecord;
  WallTime createdAt{};

  bool operator==(const StoredSignedPreKey &) const = default;
};

// Where sessions and prekeys are kept. Synchronous, on the vault thread, always inside one open transaction that the
// caller commits or rolls back. Records are sealed here in core/crypto; the store neither reads nor changes them. A
// failure of the store itself is an Error; "not there" is an empty optional.
class KeyStore {
 public:
  virtual ~KeyStore() = default;

  // The identity key of this device as the pinned, verified manifest of its account says. Nothing if the device is not
  // listed or the manifest is broken: then nothing is encrypted for it nor opened from it. The only source of trust;
  // Signal never writes here.
  [[nodiscard]] virtual Result<std::optional<curve::PublicKey>> trustedIdentity(const model::DeviceAddress &device) = 0;

  [[nodiscard]] virtual Result<std::optional<QByteArray>> session(const model::DeviceAddress &device) = 0;
  [[nodiscard]] virtual Result<> putSession(const model::DeviceAddress &device, const QByteArray &record) = 0;
  // The record is damaged: out of the way, bytes kept for a look.
  [[nodiscard]] virtual Result<> quarantineSession(const model::DeviceAddress &device) = 0;

  [[nodiscard]] virtual Result<std::optional<StoredPreKey>> preKey(quint32 id) = 0;
  [[nodiscard]] virtual Result<> putPreKey(const StoredPreKey &key) = 0;
  [[nodiscard]] virtual Result<> removePreKey(quint32 id) = 0;

  [[nodiscard]] virtual Result<std::optional<StoredSignedPreKey>> signedPreKey(quint32 id) = 0;
  [[nodiscard]] virtual Result<> putSignedPreKey(const StoredSignedPreKey &key) = 0;

  // Base keys (SHA-256) of the prekey messages accepted so far, against their replay; kept while the signed prekey is
  // kept.
  [[nodiscard]] virtual Result<bool> wasBaseKeyUsed(const QByteArray &hash) = 0;
  [[nodiscard]] virtual Result<> rememberBaseKey(const QByteArray &hash, quint32 signedPreKeyId) = 0;
};

}  // namespace gx::crypto
