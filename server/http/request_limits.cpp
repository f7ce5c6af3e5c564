// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/request_limits.h"

#include <algorithm>

namespace gx::server::http {

namespace {

constexpr qsizetype kBodyNobodyReads = 4 * 1024;
constexpr qint64 kLargestNumber = 1LL << 53;

bool isCharsetUtf8(QByteArrayView parameter) {
  const qsizetype equals = parameter.indexOf('=');
  if (equals < 0 || parameter.first(equals).trimmed().compare("charset", Qt::CaseInsensitive) != 0) return false;
  QByteArrayView value = parameter.sliced(equals + 1).trimmed();
  if (value.size() > 2 && value.front() == '"' && value.back() == '"') value = value.sliced(1, value.size() - 2);
  return value.compare("utf-8", Qt::CaseInsensitive) == 0;
}

}  // namespace

qsizetype bodyLimit(const Route *route) {
  return route != nullptr && route->takesBody() ? route->bodyBytes : kBodyNobodyReads;
}

Result<> checkAnnouncedLength(const net::HttpRequest &request, qsizetype limit) {
  const QByteArrayView length = request.headers.value("content-length");
  if (length.isEmpty() || length.toLongLong() <= limit) return {};
  return fail(ErrorKind::TooLarge, "body: more than " + QByteArray::number(limit) + " bytes", "too_large");
}

bool announcesBody(const net::HttpRequest &request) {
  if (request.headers.contains("transfer-encoding")) return true;
  const QByteArrayView length = request.headers.value("content-length");
  return !length.isEmpty() && length != "0";
}

Result<> checkContentType(const net::HttpRequest &request) {
  const auto refusal = [] {
    return fail(ErrorKind::Invalid, "Content-Type must be application/json", "unsupported_media_type");
  };
  if (request.headers.count("content-type") != 1) return refusal();
  const QByteArrayView type = request.headers.value("content-type");
  const qsizetype semicolon = type.indexOf(';');
  const QByteArrayView name = semicolon < 0 ? type : type.first(semicolon);
  if (name.trimmed().compare("application/json", Qt::CaseInsensitive) != 0) return refusal();
  if (semicolon >= 0 && !isCharsetUtf8(type.sliced(semicolon + 1))) return refusal();
  return {};
}

Result<qint64> numberFromQuery(const net::HttpRequest &request, QByteArrayView name) {
  if (!QByteArrayView(request.query).contains(name)) return 0;
  const auto text = request.queryValue(name);
  if (!text) return 0;
  const bool isDigits = !text->isEmpty() && std::ranges::all_of(*text, [](char c) { return c >= '0' && c <= '9'; });
  bool isNumber = false;
  const qint64 number = text->toLongLong(&isNumber);
  if (!isDigits || !isNumber || number > kLargestNumber)
    return fail(ErrorKind::Invalid, "query " + name.toByteArray() + ": not a number");
  return number;
}

Result<int> pageLimit(const net::HttpRequest &request, int fallback, int most) {
  const auto number = numberFromQuery(request, "limit");
  if (!number) return fail(number.error());
  if (!request.queryValue("limit")) return fallback;
  if (*number < 1 || *number > most) return fail(ErrorKind::Invalid, "query limit: 1 to " + QByteArray::number(most));
  return static_cast<int>(*number);
}

}  // namespace gx::server::http
