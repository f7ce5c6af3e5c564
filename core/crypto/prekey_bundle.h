// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/crypto/prekeys.h"

namespace gx::crypto {

// What the relay serves to start a session with one device; nothing of it is trusted before checkBundle().
struct PreKeyBundle {
  DeviceId device;
  quint32 registrationId = 0;
  QByteArray identityKey;  // 33 bytes
  PublicSignedPreKey signedPreKey;
  std::optional<PublicPreKey> preKey{};  // one-time or last-resort

  bool operator==(const PreKeyBundle &) const = default;
};

// Every field, the signature, and that the identity key is the one of the manifest (`expected`). The C library crashes
// on or takes much of what is refused here (SECURITY.md M8, M9). Untrusted for another identity or a wrong signature,
// else Invalid.
[[nodiscard]] Result<> checkBundle(const PreKeyBundle &bundle, const curve::PublicKey &expected);

}  // namespace gx::crypto
