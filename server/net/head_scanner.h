// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "server/net/net_limits.h"

namespace gx::server::net {

// Why a request cannot be served as it was sent; the connection closes after the answer.
struct HttpFault {
  int status = 400;
  const char *code = "bad_request";
  const char *message = "";
};

// Finds the end of a request head and checks its lines byte by byte as they come, so that nothing over a limit is kept
// and nothing ambiguous reaches the parser: bare CR or LF, folded lines, NUL, spaces around names (RFC 9112
// sections 2.2 and 5).
class HeadScanner final {
 public:
  enum class Outcome { NeedMore, Complete, Failed };

  explicit HeadScanner(const NetLimits &limits) : m_limits(limits) {}

  // `head`: all bytes of the head so far, which only grow between calls.
  [[nodiscard]] Outcome scan(QByteArrayView head);
  // Once complete: where the request line begins, and where the head ends (behind the empty line).
  [[nodiscard]] qsizetype start() const { return m_start; }
  [[nodiscard]] qsizetype end() const { return m_scanned; }
  [[nodiscard]] int fieldCount() const { return m_fields; }
  [[nodiscard]] const HttpFault &fault() const { return m_fault; }
  void reset();

 private:
  [[nodiscard]] Outcome fail(int status, const char *code, const char *message);
  [[nodiscard]] Outcome takeLine(QByteArrayView line);
  [[nodiscard]] Outcome takeRequestLine(QByteArrayView line);
  [[nodiscard]] Outcome takeField(QByteArrayView line);
  [[nodiscard]] Outcome checkSizes(qsizetype lineSize);

  const NetLimits &m_limits;
  qsizetype m_start = 0;
  qsizetype m_lineStart = 0;
  qsizetype m_scanned = 0;
  int m_fields = 0;
  bool m_hasRequestLine = false;
  HttpFault m_fault;
};

}  // namespace gx::server::net
