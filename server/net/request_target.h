// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>

namespace gx::server::net {

// The target of a request line in origin form, decoded. There is exactly one way to write each path: what a proxy or
// file system might read as another one ("..", "//", %2f, ";x", NUL, bytes that are no UTF-8) is refused.
struct RequestTarget {
  QByteArray path;
  QByteArray query;  // as sent, without '?'

  [[nodiscard]] static std::optional<RequestTarget> parse(QByteArrayView target);

  bool operator==(const RequestTarget &) const = default;
};

// The first parameter of that name, percent-decoded with '+' for a space; nothing when absent. What cannot be decoded
// to valid UTF-8 is given as it stands, so that nobody takes it for absent.
[[nodiscard]] std::optional<QByteArray> queryValue(QByteArrayView query, QByteArrayView name);

}  // namespace gx::server::net
