// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/result.h"
#include "core/model/plaintext.h"

namespace gx::model {

inline constexpr qsizetype kMaxTextBytes = 64 * 1024;        // UTF-8, of one message
inline constexpr qsizetype kMaxPlaintextBytes = 404 * 1024;  // encoded: a text may be all escapes
inline constexpr qsizetype kMaxExcerptBytes = 512;
inline constexpr qsizetype kMaxEmojiBytes = 64;
inline constexpr std::size_t kMaxReceiptMessages = 200;

// Plaintext <-> the JSON of PROTOCOL.md section 7, without padding. Encoding refuses what no reader would take
// (TooLarge, Invalid). Decoding is strict: duplicate members, wrong types and anything over a limit is Invalid; unknown
// members are ignored. An unknown kind survives as Unsupported; an unknown version is ErrorKind::Unsupported.
[[nodiscard]] Result<QByteArray> encodePlaintext(const Plaintext &plaintext);
[[nodiscard]] Result<Plaintext> decodePlaintext(QByteArrayView bytes);

// What the next header of the same device and conversation names as previous. The same for all recipients of a message.
[[nodiscard]] QByteArray headerHash(const ContentHeader &header);

}  // namespace gx::model
