// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/http_writer.h"

#include <algorithm>
#include <array>
#include <ctime>

#include "core/base/logging.h"

namespace gx::server::net {

namespace {

bool isSafe(QByteArrayView text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

void appendLine(QByteArray &out, QByteArrayView name, QByteArrayView value) {
  if (name.isEmpty() || !isSafe(name) || !isSafe(value) || name.contains(':')) {
    qCCritical(lcServerNet, "answer with an unusable header");
    return;
  }
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

}  // namespace

QByteArray httpDate(WallTime time) {
  static constexpr std::array<const char *, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char *, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = toMillis(time) / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour, parts.tm_min,
                parts.tm_sec);
  return QByteArray(text.data());
}

QByteArray encodeHead(const HttpResponse &response, const HeadOptions &options, WallTime now) {
  static thread_local qint64 dateSecond = -1;
  static thread_local QByteArray date;
  if (const qint64 second = toMillis(now) / 1000; second != dateSecond) {
    dateSecond = second;
    date = httpDate(now);
  }
  QByteArray head;
  head.reserve(256);
  head += "HTTP/1.1 ";
  head += QByteArray::number(response.status);
  head += ' ';
  head += reasonPhrase(response.status);
  head += "\r\nDate: ";
  head += date;
  head += "\r\n";
  if (!response.contentType.isEmpty()) appendLine(head, "Content-Type", response.contentType);
  for (const HttpHeaderLine &line : response.headers) appendLine(head, line.name, line.value);
  if (options.chunked)
    head += "Transfer-Encoding: chunked\r\n";
  else if (options.contentLength && response.status >= 200 && response.status != 204)
    appendLine(head, "Content-Length", QByteArray::number(*options.contentLength));
  if (response.status != 101) head += options.keepAlive ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
  head += "\r\n";
  return head;
}

QByteArray encodeChunk(QByteArrayView piece) {
  QByteArray chunk = QByteArray::number(piece.size(), 16);
  chunk += "\r\n";
  chunk += piece;
  chunk += "\r\n";
  return chunk;
}

}  // namespace gx::server::net
