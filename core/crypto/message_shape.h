// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArrayView>

#include "core/base/result.h"
#include "core/curve/public_key.h"

namespace gx::crypto {

// What a message says before anything of it is believed. Made by our own bounded parser; the C library sees only
// messages that passed: right version, each field exactly once, nothing else, well-formed keys (SECURITY.md 3.0, rule
// 2).
struct MessageShape {
  curve::PublicKey ratchetKey;
  quint32 counter = 0;
};

struct PreKeyMessageShape {
  quint32 registrationId = 0;
  quint32 preKeyId = 0;
  quint32 signedPreKeyId = 0;
  curve::PublicKey baseKey;
  curve::PublicKey identityKey;
  MessageShape message;
};

// Errors: Invalid with code bad_shape, Unsupported with code unknown_version.
[[nodiscard]] Result<MessageShape> messageShape(QByteArrayView bytes);
[[nodiscard]] Result<PreKeyMessageShape> preKeyMessageShape(QByteArrayView bytes);

}  // namespace gx::crypto
