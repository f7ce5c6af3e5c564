// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/websocket_frames.h"

#include <QtEndian>
#include <algorithm>
#include <cstring>

#include "core/wire/utf8.h"
#include "server/net/close_code.h"

namespace gx::server::net {

namespace {

constexpr int kMaskBytes = 4;
constexpr int kLongestControl = 125;

bool isControl(Opcode opcode) {
  return static_cast<quint8>(opcode) >= 8;
}

bool isKnownOpcode(quint8 opcode) {
  return opcode <= 2 || (opcode >= 8 && opcode <= 10);
}

// Eight bytes at a time: the compiler makes vectors of it.
void unmaskInPlace(char *payload, qsizetype size, const char *mask) {
  quint32 key32;
  std::memcpy(&key32, mask, kMaskBytes);
  const quint64 key = (quint64{key32} << 32) | key32;
  qsizetype i = 0;
  for (; i + 8 <= size; i += 8) {
    quint64 word;
    std::memcpy(&word, payload + i, 8);
    word ^= key;
    std::memcpy(payload + i, &word, 8);
  }
  for (; i < size; ++i) payload[i] = static_cast<char>(payload[i] ^ mask[i % kMaskBytes]);
}

// RFC 6455 7.4: what a peer may send.
bool isSendableCode(quint16 code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

}  // namespace

void WebSocketFrames::feed(char *bytes, qsizetype size) {
  m_at = bytes;
  m_end = bytes + size;
}

std::optional<WebSocketFrames::Event> WebSocketFrames::next() {
  m_consumed = QByteArray();
  while (m_at < m_end && !m_failed) {
    if (!m_rest.isEmpty()) {
      if (auto event = nextFromRest()) return event;
      continue;
    }
    const Head head = readHead(m_at, m_end - m_at);
    if (head.fault) return failure(head.fault);
    if (!head.isKnown || head.size + head.payload > m_end - m_at) {
      m_rest = QByteArray(m_at, m_end - m_at);
      m_at = m_end;
      break;
    }
    char *frame = m_at;
    m_at += head.size + head.payload;
    if (auto event = take(head, frame)) return event;
  }
  return std::nullopt;
}

// Completes the frame whose beginning came before, and no more than that.
std::optional<WebSocketFrames::Event> WebSocketFrames::nextFromRest() {
  while (true) {
    const Head head = readHead(m_rest.constData(), m_rest.size());
    if (head.fault) return failure(head.fault);
    const qsizetype wanted = head.isKnown ? head.size + head.payload : head.size;
    const qsizetype part = std::min<qsizetype>(wanted - m_rest.size(), m_end - m_at);
    m_rest.append(m_at, part);
    m_at += part;
    if (m_rest.size() < wanted) return std::nullopt;
    if (!head.isKnown) continue;
    m_consumed = std::exchange(m_rest, QByteArray());
    return take(head, m_consumed.data());
  }
}

WebSocketFrames::Head WebSocketFrames::readHead(const char *at, qsizetype available) const {
  Head head;
  if (available < 2) return head;
  const auto first = static_cast<quint8>(at[0]);
  const auto second = static_cast<quint8>(at[1]);
  const int shortLength = second & 0x7f;
  head.opcode = static_cast<Opcode>(first & 0x0f);
  head.isFinal = (first & 0x80) != 0;
  const bool hasReservedBits = (first & 0x70) != 0;
  const bool isMasked = (second & 0x80) != 0;
  if (hasReservedBits || !isMasked || !isKnownOpcode(first & 0x0f)) head.fault = close_code::kProtocolError;
  if (!head.fault) head.fault = checkOpcode(head.opcode, head.isFinal, shortLength);
  if (head.fault) return head;

  const int lengthBytes = shortLength == 127 ? 8 : shortLength == 126 ? 2 : 0;
  head.size = 2 + lengthBytes;
  if (available < head.size) return head;
  quint64 length = static_cast<quint64>(shortLength);
  if (lengthBytes == 2) length = qFromBigEndian<quint16>(at + 2);
  if (lengthBytes == 8) length = qFromBigEndian<quint64>(at + 2);
  const bool isShortest = lengthBytes == 0 || length > (lengthBytes == 2 ? 125U : 0xffffU);
  head.fault = isShortest ? checkLength(head.opcode, length) : close_code::kProtocolError;
  head.size += kMaskBytes;
  if (head.fault || available < head.size) return head;
  head.payload = static_cast<qint64>(length);
  head.isKnown = true;
  return head;
}

quint16 WebSocketFrames::checkOpcode(Opcode opcode, bool isFinal, int shortLength) const {
  if (isControl(opcode)) return isFinal && shortLength <= kLongestControl ? 0 : close_code::kProtocolError;
  const bool continues = opcode == Opcode::Continuation;
  return continues == (m_fragments > 0) ? 0 : close_code::kProtocolError;
}

// Before a byte of the payload is kept.
quint16 WebSocketFrames::checkLength(Opcode opcode, quint64 length) const {
  if (isControl(opcode)) return 0;
  if (length > static_cast<quint64>(m_limits.webSocketFrame)) return close_code::kTooBig;
  if (length + static_cast<quint64>(m_message.size()) > static_cast<quint64>(m_limits.webSocketMessage))
    return close_code::kTooBig;
  return m_fragments >= m_limits.webSocketFragments ? close_code::kPolicy : 0;
}

std::optional<WebSocketFrames::Event> WebSocketFrames::take(const Head &head, char *at) {
  char *payload = at + head.size;
  unmaskInPlace(payload, head.payload, payload - kMaskBytes);
  const QByteArrayView bytes(payload, head.payload);
  switch (head.opcode) {
    case Opcode::Ping:
      return Event{Event::Kind::Ping, bytes};
    case Opcode::Pong:
      return Event{Event::Kind::Pong, bytes};
    case Opcode::Close:
      break;
    default:
      return takeData(head, bytes);
  }
  if (bytes.isEmpty()) return Event{Event::Kind::Close, {}, close_code::kNoStatus};
  if (bytes.size() == 1) return failure(close_code::kProtocolError);
  const auto code = qFromBigEndian<quint16>(bytes.data());
  if (!isSendableCode(code)) return failure(close_code::kProtocolError);
  if (!wire::isUtf8(bytes.sliced(2))) return failure(close_code::kInvalidText);
  return Event{Event::Kind::Close, bytes.sliced(2), code};
}

std::optional<WebSocketFrames::Event> WebSocketFrames::takeData(const Head &head, QByteArrayView payload) {
  if (head.opcode != Opcode::Continuation) m_opcode = head.opcode;
  QByteArrayView message = payload;
  if (!head.isFinal || m_fragments > 0) {
    m_message += payload;
    ++m_fragments;
    if (!head.isFinal) return std::nullopt;
    m_fragments = 0;
    m_consumed = std::exchange(m_message, QByteArray());
    message = m_consumed;
  }
  if (m_opcode == Opcode::Text && !wire::isUtf8(message)) return failure(close_code::kInvalidText);
  return Event{m_opcode == Opcode::Text ? Event::Kind::Text : Event::Kind::Binary, message};
}

WebSocketFrames::Event WebSocketFrames::failure(quint16 code) {
  m_failed = true;
  m_rest = QByteArray();
  m_message = QByteArray();
  return {Event::Kind::Failure, {}, code};
}

qsizetype writeServerHead(char *out, Opcode opcode, qsizetype payloadSize) {
  constexpr unsigned kFinal = 0x80;
  out[0] = static_cast<char>(kFinal | static_cast<unsigned>(opcode));
  const qsizetype headSize = serverHeadSize(payloadSize);
  if (headSize == 2) {
    out[1] = static_cast<char>(payloadSize);
  } else if (headSize == 4) {
    out[1] = 126;
    qToBigEndian(static_cast<quint16>(payloadSize), out + 2);
  } else {
    out[1] = 127;
    qToBigEndian(static_cast<quint64>(payloadSize), out + 2);
  }
  return headSize;
}

}  // namespace gx::server::net
