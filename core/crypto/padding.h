// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/result.h"

namespace gx::crypto {

// Hides the length: 0x80 after the plaintext, then zeros up to the next step (160 bytes up to 1 KiB, 1 KiB above).
[[nodiscard]] QByteArray pad(QByteArrayView plaintext);
// Invalid if it does not end as pad() made it.
[[nodiscard]] Result<QByteArray> unpad(QByteArrayView padded);
[[nodiscard]] qsizetype paddedSize(qsizetype plaintextSize);

}  // namespace gx::crypto
