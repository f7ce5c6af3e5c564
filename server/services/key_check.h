// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/wire/keys_dto.h"

namespace gx::server::services {

// Shapes of an upload: every key one on the curve, ids in range and once. Invalid invalid_keys, TooLarge too_large.
[[nodiscard]] Result<> checkKeyShapes(const wire::KeyUpload &keys);
// The signed prekey's signature, by `identityKey`. Invalid invalid_signature; fine when there is no signed prekey.
[[nodiscard]] Result<> checkKeySignature(const wire::KeyUpload &keys, const QByteArray &identityKey);

}  // namespace gx::server::services
