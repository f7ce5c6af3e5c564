// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"

namespace gx::crypto {

inline constexpr qsizetype kWrapKeySize = 32;
inline constexpr qsizetype kWrappedKeySize = 24 + 32 + 16;  // nonce, key, tag

// A key of 32 bytes locked with another (XChaCha20-Poly1305). `purpose` is bound: what was wrapped for one is not
// opened for another.
[[nodiscard]] Result<QByteArray> wrapKey(const SecretBytes &key, const SecretBytes &with, QByteArrayView purpose,
                                         Random &random);
// Untrusted if the wrapping key is another one or the bytes were changed.
[[nodiscard]] Result<SecretBytes> unwrapKey(QByteArrayView wrapped, const SecretBytes &with, QByteArrayView purpose);

}  // namespace gx::crypto
