// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>

#include "core/base/clock.h"
#include "server/net/http_exchange.h"

namespace gx::server::net {

// How the head of an answer is to be written.
struct HeadOptions {
  bool keepAlive = true;
  bool chunked = false;
  std::optional<qint64> contentLength{};  // when not chunked; none for 1xx and 204
};

// Status line and header fields, the empty line included. Fields that would break the message are left out.
[[nodiscard]] QByteArray encodeHead(const HttpResponse &response, const HeadOptions &options, WallTime now);

// "1a\r\n…\r\n".
[[nodiscard]] QByteArray encodeChunk(QByteArrayView piece);
inline constexpr char kLastChunk[] = "0\r\n\r\n";
inline constexpr char kContinue[] = "HTTP/1.1 100 Continue\r\n\r\n";

// True where the message has no body by definition.
[[nodiscard]] constexpr bool hasNoBody(int status) {
  return status < 200 || status == 204 || status == 304;
}

// "Sun, 06 Nov 1994 08:49:37 GMT".
[[nodiscard]] QByteArray httpDate(WallTime time);

}  // namespace gx::server::net
