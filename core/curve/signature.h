// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/curve/public_key.h"

namespace gx::curve {

inline constexpr qsizetype kSignatureSize = 64;

// True if `signature` (XEdDSA, 64 bytes) over `message` was made with the private part of `key`. Any thread, no state.
// Signing lives in core/crypto/signing.h.
[[nodiscard]] bool isSignedBy(const PublicKey &key, QByteArrayView message, QByteArrayView signature);

}  // namespace gx::curve
