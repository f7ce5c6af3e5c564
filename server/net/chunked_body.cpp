// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/chunked_body.h"

#include <algorithm>

namespace gx::server::net {

namespace {

int digitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool isText(char c) {
  return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
}

}  // namespace

ChunkedBody::Step ChunkedBody::next(const char *&at, const char *end) {
  while (at < end) {
    if (m_state == State::Data) {
      const qsizetype size = static_cast<qsizetype>(std::min<quint64>(m_left, static_cast<quint64>(end - at)));
      const QByteArrayView data(at, size);
      at += size;
      m_left -= static_cast<quint64>(size);
      if (m_left == 0) m_state = State::DataCr;
      return {Step::Kind::Data, data};
    }
    if (!takeFraming(*at++)) return {Step::Kind::Failed};
    if (m_ended) return {Step::Kind::End};
  }
  return {Step::Kind::NeedMore};
}

// One byte between the data of two chunks, or behind the last. False: malformed.
bool ChunkedBody::takeFraming(char c) {
  switch (m_state) {
    case State::Size:
      return takeSize(c);
    case State::Extension:
      if (c == '\r') m_state = State::SizeEnd;
      return c == '\r' || (isText(c) && ++m_lineBytes <= kLineBytes);
    case State::SizeEnd:
      return c == '\n' && endOfSizeLine();
    case State::DataCr:
      m_state = State::DataLf;
      return c == '\r';
    case State::DataLf:
      m_state = State::Size;
      return c == '\n';
    case State::TrailerStart:
    case State::Trailer:
      return takeTrailer(c);
    case State::TrailerLf:
      m_state = State::TrailerStart;
      return c == '\n';
    case State::EndLf:
      m_ended = true;
      return c == '\n';
    case State::Data:
      break;
  }
  return false;
}

bool ChunkedBody::takeSize(char c) {
  if (const int value = digitValue(c); value >= 0) {
    m_left = m_left * 16 + static_cast<quint64>(value);
    return ++m_digits <= kSizeDigits;
  }
  if (m_digits == 0) return false;
  if (c == ';') m_state = State::Extension;
  if (c == '\r') m_state = State::SizeEnd;
  return c == ';' || c == '\r';
}

bool ChunkedBody::endOfSizeLine() {
  m_state = m_left == 0 ? State::TrailerStart : State::Data;
  m_digits = 0;
  m_lineBytes = 0;
  return true;
}

bool ChunkedBody::takeTrailer(char c) {
  if (c == '\r') {
    m_state = m_state == State::TrailerStart ? State::EndLf : State::TrailerLf;
    return true;
  }
  m_state = State::Trailer;
  return isText(c) && ++m_lineBytes <= kLineBytes;
}

}  // namespace gx::server::net
