// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/request_target.h"

#include <algorithm>

#include "core/wire/utf8.h"

namespace gx::server::net {

namespace {

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<QByteArray> percentDecoded(QByteArrayView text, bool plusIsSpace) {
  QByteArray decoded;
  decoded.reserve(text.size());
  for (qsizetype i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hexDigit(text[i + 1]);
      const int low = hexDigit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += c == '+' && plusIsSpace ? ' ' : c;
    }
  }
  if (!wire::isUtf8(decoded)) return std::nullopt;
  return decoded;
}

// pchar and '/' of RFC 3986, without ';', whose meaning differs from server to server.
bool isPathCharacter(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return QByteArrayView("/-._~!$&'()*+,=:@%").contains(c);
}

bool isQueryCharacter(char c) {
  return c > 0x20 && c < 0x7f && c != '#';
}

bool isControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool hasHiddenSlash(QByteArrayView path) {
  for (qsizetype i = 0; i + 2 < path.size(); ++i)
    if (path[i] == '%' && path[i + 1] == '2' && (path[i + 2] == 'f' || path[i + 2] == 'F')) return true;
  return false;
}

// No empty segment but the last, no "." or "..", once decoded.
bool hasPlainSegments(QByteArrayView path) {
  QByteArrayView rest = path.sliced(1);
  while (true) {
    const qsizetype slash = rest.indexOf('/');
    const QByteArrayView segment = slash < 0 ? rest : rest.first(slash);
    if (segment == "." || segment == "..") return false;
    if (slash < 0) return true;
    if (segment.isEmpty()) return false;
    rest = rest.sliced(slash + 1);
  }
}

}  // namespace

std::optional<RequestTarget> RequestTarget::parse(QByteArrayView target) {
  if (!target.startsWith('/')) return std::nullopt;
  const qsizetype mark = target.indexOf('?');
  const QByteArrayView path = mark < 0 ? target : target.first(mark);
  const QByteArrayView query = mark < 0 ? QByteArrayView() : target.sliced(mark + 1);
  if (!std::all_of(path.begin(), path.end(), isPathCharacter) || hasHiddenSlash(path)) return std::nullopt;
  if (!std::all_of(query.begin(), query.end(), isQueryCharacter)) return std::nullopt;

  std::optional<QByteArray> decoded = percentDecoded(path, false);
  if (!decoded || !hasPlainSegments(*decoded)) return std::nullopt;
  const bool isClean =
      std::none_of(decoded->cbegin(), decoded->cend(), [](char c) { return isControl(c) || c == '\\' || c == ';'; });
  if (!isClean) return std::nullopt;
  return RequestTarget{std::move(*decoded), query.toByteArray()};
}

std::optional<QByteArray> queryValue(QByteArrayView query, QByteArrayView name) {
  QByteArrayView rest = query;
  while (!rest.isEmpty()) {
    const qsizetype ampersand = rest.indexOf('&');
    const QByteArrayView pair = ampersand < 0 ? rest : rest.first(ampersand);
    rest = ampersand < 0 ? QByteArrayView() : rest.sliced(ampersand + 1);
    const qsizetype equals = pair.indexOf('=');
    const QByteArrayView key = equals < 0 ? pair : pair.first(equals);
    if (key != name && (!key.contains('%') || percentDecoded(key, true) != name)) continue;
    const QByteArrayView value = equals < 0 ? QByteArrayView() : pair.sliced(equals + 1);
    return percentDecoded(value, true).value_or(value.toByteArray());
  }
  return std::nullopt;
}

}  // namespace gx::server::net
