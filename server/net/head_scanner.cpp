// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/head_scanner.h"

#include <algorithm>
#include <cstring>

namespace gx::server::net {

namespace {

// tchar of RFC 9110 5.6.2.
bool isTokenCharacter(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return c != 0 && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr;
}

bool isToken(QByteArrayView text) {
  return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isFieldCharacter(char c) {
  return static_cast<unsigned char>(c) >= 0x20 ? c != 0x7f : c == '\t';
}

}  // namespace

void HeadScanner::reset() {
  m_start = m_lineStart = m_scanned = 0;
  m_fields = 0;
  m_hasRequestLine = false;
}

HeadScanner::Outcome HeadScanner::fail(int status, const char *code, const char *message) {
  m_fault = {status, code, message};
  return Outcome::Failed;
}

HeadScanner::Outcome HeadScanner::scan(QByteArrayView head) {
  while (m_scanned < head.size()) {
    const void *found = std::memchr(head.data() + m_scanned, '\n', static_cast<std::size_t>(head.size() - m_scanned));
    if (!found) {
      m_scanned = head.size();
      return checkSizes(m_scanned - m_lineStart);
    }
    const qsizetype lineEnd = static_cast<const char *>(found) - head.data();
    m_scanned = lineEnd + 1;
    if (const Outcome sizes = checkSizes(m_scanned - m_lineStart); sizes == Outcome::Failed) return sizes;
    if (lineEnd == m_lineStart || head[lineEnd - 1] != '\r') return fail(400, "bad_request", "line ends without CR LF");
    const Outcome outcome = takeLine(head.sliced(m_lineStart, lineEnd - 1 - m_lineStart));
    if (outcome != Outcome::NeedMore) return outcome;
    m_lineStart = m_scanned;
  }
  return Outcome::NeedMore;
}

HeadScanner::Outcome HeadScanner::checkSizes(qsizetype lineSize) {
  if (!m_hasRequestLine)
    return lineSize > m_limits.requestLine ? fail(414, "uri_too_long", "request line too long") : Outcome::NeedMore;
  if (lineSize > m_limits.headerLine) return fail(431, "header_too_large", "header line too long");
  if (m_scanned - m_start > m_limits.headerTotal) return fail(431, "header_too_large", "head too large");
  return Outcome::NeedMore;
}

HeadScanner::Outcome HeadScanner::takeLine(QByteArrayView line) {
  if (m_hasRequestLine) {
    if (line.isEmpty()) return Outcome::Complete;
    return takeField(line);
  }
  if (line.isEmpty() && m_start == 0) {  // one empty line before a request is forgiven (RFC 9112 2.2)
    m_start = m_scanned;
    return Outcome::NeedMore;
  }
  m_hasRequestLine = true;
  return takeRequestLine(line);
}

// "GET /path HTTP/1.1": one space each, the method in capitals.
HeadScanner::Outcome HeadScanner::takeRequestLine(QByteArrayView line) {
  const qsizetype first = line.indexOf(' ');
  const qsizetype last = line.lastIndexOf(' ');
  if (first <= 0 || last == first) return fail(400, "bad_request", "malformed request line");
  const QByteArrayView method = line.first(first);
  const QByteArrayView target = line.sliced(first + 1, last - first - 1);
  if (!std::all_of(method.begin(), method.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; }))
    return fail(400, "bad_request", "malformed method");
  if (target.isEmpty() || !std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; }))
    return fail(400, "bad_request", "malformed request target");
  return Outcome::NeedMore;
}

HeadScanner::Outcome HeadScanner::takeField(QByteArrayView line) {
  if (++m_fields > m_limits.headerCount) return fail(431, "header_too_large", "too many headers");
  if (line.startsWith(' ') || line.startsWith('\t')) return fail(400, "bad_request", "folded header line");
  const qsizetype colon = line.indexOf(':');
  if (colon < 0 || !isToken(line.first(colon))) return fail(400, "bad_request", "malformed header name");
  const QByteArrayView value = line.sliced(colon + 1);
  if (!std::all_of(value.begin(), value.end(), isFieldCharacter))
    return fail(400, "bad_request", "control character in a header");
  return Outcome::NeedMore;
}

}  // namespace gx::server::net
