// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

namespace gx::crypto {

// HKDF-SHA-256 (RFC 5869). Up to 8,160 bytes.
[[nodiscard]] Result<SecretBytes> hkdf(const SecretBytes &key, QByteArrayView salt, QByteArrayView info,
                                       qsizetype size);

}  // namespace gx::crypto
