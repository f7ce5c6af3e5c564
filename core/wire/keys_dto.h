// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <optional>

#include "core/base/ids.h"
#include "core/base/result.h"

// Bodies of /keys (PROTOCOL.md section 2). Keys are decoded bytes here, base64 on the wire; their shape (33 bytes,
// 0x05) is checked by parse(), their mathematics by core/curve.
namespace gx::wire {

struct PreKey {
  quint32 keyId = 0;  // 1 .. 0xFFFFFE; 0xFFFFFF is the last-resort prekey
  QByteArray publicKey;
  bool operator==(const PreKey &) const = default;
};

struct SignedPreKey {
  quint32 keyId = 0;
  QByteArray publicKey;
  QByteArray signature;  // 64 bytes, by the identity key over publicKey
  bool operator==(const SignedPreKey &) const = default;
};

struct KeyUpload {
  std::optional<QByteArray> identityKey{};
  std::optional<quint32> registrationId{};
  std::optional<SignedPreKey> signedPreKey{};
  std::optional<PreKey> lastResortPreKey{};
  QList<PreKey> preKeys{};

  [[nodiscard]] static Result<KeyUpload> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct KeyCount {
  int preKeys = 0;
  quint32 signedPreKeyId = 0;
  qint64 keyGeneration = 0;

  [[nodiscard]] static Result<KeyCount> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct KeyDigest {
  quint32 keyId = 0;
  QByteArray digest;  // first 8 bytes of SHA-256(public key)
  bool operator==(const KeyDigest &) const = default;
};

struct KeyAudit {
  KeyDigest signedPreKey;
  KeyDigest lastResortPreKey;
  QList<KeyDigest> preKeys;

  [[nodiscard]] static Result<KeyAudit> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct BundleRequest {
  UserId userId;
  QList<DeviceId> deviceIds;

  [[nodiscard]] static Result<BundleRequest> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct PreKeyBundle {
  UserId userId;
  DeviceId deviceId;
  quint32 registrationId = 0;
  QByteArray identityKey;
  SignedPreKey signedPreKey;
  PreKey preKey;
};

struct BundleResponse {
  QList<PreKeyBundle> bundles;

  [[nodiscard]] static Result<BundleResponse> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct DeviceRegistration {
  DeviceId deviceId;
  quint32 registrationId = 0;
};

struct UserDevices {
  UserId userId;
  QList<DeviceRegistration> devices;

  [[nodiscard]] static Result<UserDevices> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

}  // namespace gx::wire
