// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/result.h"

namespace gx::crypto {

// Hides the length: 0x80 after the plaintext, then zeros up to a multiple of 160 bytes while that is at most 960, else
// of 1,024.
[[nodiscard]] QByteArray pad(QByteArrayView plaintext);
// Invalid if it does not end as pad() made it.
[[nodiscard]] Result<QByteArray> unpad(QByteArrayView padded);
[[nodiscard]] qsizetype paddedSize(qsizetype plaintextSize);

}  // namespace gx::crypto
