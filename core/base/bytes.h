// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>

namespace gx {

// Standard base64 (RFC 4648 section 4), padded and canonical; anything else is refused. The wire carries all bytes this
// way.
[[nodiscard]] std::optional<QByteArray> fromBase64(QByteArrayView text);
[[nodiscard]] inline QByteArray toBase64(const QByteArray &bytes) {
  return bytes.toBase64();
}

// base64url without padding (RFC 4648 section 5): tokens, codes.
[[nodiscard]] QByteArray toBase64Url(const QByteArray &bytes);
[[nodiscard]] std::optional<QByteArray> fromBase64Url(QByteArrayView text);

// Takes as long for different bytes as for equal ones; the length is not hidden.
[[nodiscard]] bool constantTimeEqual(QByteArrayView a, QByteArrayView b);

[[nodiscard]] QByteArray sha256(QByteArrayView bytes);

// A field of a signed or hashed text: 4 bytes of length, big endian, then the bytes. Makes concatenation unambiguous.
void appendField(QByteArray &out, QByteArrayView field);
void appendNumber(QByteArray &out, quint64 number);  // 8 bytes, big endian

}  // namespace gx
