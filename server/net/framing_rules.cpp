// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/framing_rules.h"

#include <algorithm>

#include "core/wire/limits.h"

namespace gx::server::net {

namespace {

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isHostCharacter(char c) {
  return isDigit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
}

bool isAddressCharacter(char c) {
  return isDigit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
}

bool isPort(QByteArrayView digits) {
  if (digits.isEmpty() || digits.size() > 5 || !std::all_of(digits.begin(), digits.end(), isDigit)) return false;
  const int port = digits.toInt();
  return port > 0 && port <= 65535;
}

HttpFault badRequest(const char *message) {
  return {400, "bad_request", message};
}

}  // namespace

std::optional<QByteArray> hostName(QByteArrayView hostHeader) {
  QByteArray text = hostHeader.toByteArray().toLower();
  const qsizetype bracket = text.startsWith('[') ? text.indexOf(']') : -1;
  const qsizetype colon = text.indexOf(':', std::max<qsizetype>(bracket, 0));
  if (colon >= 0 && !isPort(QByteArrayView(text).sliced(colon + 1))) return std::nullopt;
  const QByteArray name = colon < 0 ? text : text.first(colon);
  if (name.isEmpty() || name.size() > 255) return std::nullopt;
  if (text.startsWith('[')) {
    if (bracket != name.size() - 1 || bracket < 3) return std::nullopt;
    const QByteArrayView inside = QByteArrayView(name).sliced(1, bracket - 1);
    return std::all_of(inside.begin(), inside.end(), isAddressCharacter) ? std::optional(name) : std::nullopt;
  }
  return std::all_of(name.cbegin(), name.cend(), isHostCharacter) ? std::optional(name) : std::nullopt;
}

std::optional<HttpFault> FramingRules::apply(MessageFraming &framing) const {
  const HttpHeaders &headers = m_request.headers;
  framing.keepsAlive =
      m_minorVersion >= 1 ? !headers.listHolds("connection", "close") : headers.listHolds("connection", "keep-alive");
  if (const auto fault = applyHost()) return fault;
  if (const auto fault = applyLength(framing)) return fault;
  if (const auto fault = applyExpect(framing)) return fault;
  return applyUpgrade(framing);
}

std::optional<HttpFault> FramingRules::applyHost() const {
  const int count = m_request.headers.count("host");
  if (count > 1) return badRequest("more than one Host");
  if (count == 0 && m_minorVersion >= 1) return badRequest("no Host");
  if (count == 1 && !hostName(m_request.headers.value("host"))) return badRequest("malformed Host");
  return std::nullopt;
}

std::optional<HttpFault> FramingRules::applyLength(MessageFraming &framing) const {
  const HttpHeaders &headers = m_request.headers;
  const int lengths = headers.count("content-length");
  const int encodings = headers.count("transfer-encoding");
  if (lengths > 1) return badRequest("more than one Content-Length");
  if (lengths == 1 && encodings > 0) return badRequest("Content-Length and Transfer-Encoding");
  if (encodings > 0) {
    const QByteArrayView coding = headers.value("transfer-encoding");
    if (encodings > 1 || qstrnicmp(coding.data(), coding.size(), "chunked", 7) != 0)
      return HttpFault{501, "not_implemented", "Transfer-Encoding other than chunked"};
    if (m_minorVersion < 1) return badRequest("Transfer-Encoding in HTTP/1.0");
    framing.isChunked = true;
  }
  if (lengths == 1) {
    const QByteArrayView digits = headers.value("content-length");
    if (digits.isEmpty() || digits.size() > wire::limits::kContentLengthDigits ||
        !std::all_of(digits.begin(), digits.end(), isDigit))
      return badRequest("malformed Content-Length");
    framing.contentLength = digits.toLongLong();
  }
  return std::nullopt;
}

std::optional<HttpFault> FramingRules::applyExpect(MessageFraming &framing) const {
  if (!m_request.headers.contains("expect") || m_minorVersion < 1) return std::nullopt;
  const QByteArrayView expected = m_request.headers.value("expect");
  if (qstrnicmp(expected.data(), expected.size(), "100-continue", 12) != 0)
    return HttpFault{417, "expectation_failed", "Expect other than 100-continue"};
  framing.expectsContinue = framing.hasBody();
  return std::nullopt;
}

// A protocol we do not speak is refused rather than overlooked: a proxy in front might believe that it was taken (h2c).
std::optional<HttpFault> FramingRules::applyUpgrade(MessageFraming &framing) const {
  const HttpHeaders &headers = m_request.headers;
  if (!headers.contains("upgrade") || !headers.listHolds("connection", "upgrade")) return std::nullopt;
  const QByteArrayView protocol = headers.value("upgrade");
  if (headers.count("upgrade") > 1 || qstrnicmp(protocol.data(), protocol.size(), "websocket", 9) != 0)
    return badRequest("Upgrade other than websocket");
  if (framing.hasBody()) return badRequest("Upgrade with a body");
  framing.wantsUpgrade = true;
  return std::nullopt;
}

}  // namespace gx::server::net
