// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/result.h"
#include "core/model/plaintext.h"

namespace gx::model {

inline constexpr qsizetype kMaxTextBytes = 64 * 1024;       // UTF-8, of one message
inline constexpr qsizetype kMaxPlaintextBytes = 72 * 1024;  // encoded, before padding
inline constexpr std::size_t kMaxReceiptMessages = 200;

// Plaintext <-> the JSON of PROTOCOL.md, "Inside the envelope". Encoding refuses what no reader would take (TooLarge,
// Invalid); decoding is strict: duplicate keys, wrong types, unknown fields in known kinds and anything over a limit is
// Invalid. An unknown kind survives as Unsupported, an unknown version is ErrorKind::Unsupported.
[[nodiscard]] Result<QByteArray> encodePlaintext(const Plaintext &plaintext);
[[nodiscard]] Result<Plaintext> decodePlaintext(QByteArrayView bytes);

}  // namespace gx::model
