// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/result.h"
#include "core/model/plaintext.h"

namespace gx::model {

// With padding and a session's own bytes this stays below the 96 KiB of an envelope.
inline constexpr qsizetype kMaxPlaintextBytes = 94 * 1024;

// Plaintext <-> the JSON of PROTOCOL.md section 7, without padding. Decoding is strict: duplicate members, wrong types
// and anything over a limit is Invalid; unknown members are ignored; an unknown version is ErrorKind::Unsupported.
[[nodiscard]] Result<QByteArray> encodePlaintext(const Plaintext &plaintext);
[[nodiscard]] Result<Plaintext> decodePlaintext(QByteArrayView bytes);

// What the next header of the same device and conversation names as previous. The same for all recipients of a message.
[[nodiscard]] QByteArray headerHash(const ContentHeader &header);

}  // namespace gx::model
