// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/curve/public_key.h"

namespace gx::crypto {

class SignalContext;

inline constexpr qsizetype kPrivateKeySize = 32;

// What makes this device itself. The private key never leaves the device.
struct Identity {
  curve::PublicKey publicKey;
  SecretBytes privateKey;      // 32 bytes
  quint32 registrationId = 0;  // 1 .. 16380, new at each install

  [[nodiscard]] Identity copy() const { return Identity{publicKey, privateKey.copy(), registrationId}; }
};

[[nodiscard]] Result<Identity> makeIdentity(SignalContext &context);
// From the store; refused (Corrupt) when the halves do not belong together.
[[nodiscard]] Result<Identity> restoreIdentity(QByteArrayView publicKey, SecretBytes privateKey,
                                               quint32 registrationId);

}  // namespace gx::crypto
