// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/websocket.h"

#include <QtEndian>
#include <array>
#include <cstring>

#include "server/net/connection_table.h"

namespace gx::server::net {

WebSocket::WebSocket(Connection &connection, WebSocketListener &listener)
    : m_connection(connection), m_listener(&listener), m_frames(connection.table().limits()) {
  m_connection.limitQueue();
}

WebSocket::~WebSocket() = default;

void WebSocket::start() {
  m_listener->opened(*this);
}

void WebSocket::send(const SharedFrame &frame) {
  if (!m_closeSent) m_connection.sendShared(frame.bytes());
}

void WebSocket::sendMessage(QByteArrayView payload, bool isBinary) {
  if (!m_closeSent) sendFrame(isBinary ? Opcode::Binary : Opcode::Text, payload);
}

void WebSocket::sendFrame(Opcode opcode, QByteArrayView payload) {
  char *room = m_connection.reserve(serverHeadSize(payload.size()) + payload.size());
  if (!room) return;
  room += writeServerHead(room, opcode, payload.size());
  if (!payload.isEmpty()) std::memcpy(room, payload.data(), static_cast<std::size_t>(payload.size()));
  m_connection.sendReserved();
}

void WebSocket::close(quint16 code, QByteArrayView reason) {
  if (m_closeSent || !m_connection.isOpen()) return;
  constexpr qsizetype kLongestReason = 123;
  std::array<char, 2 + kLongestReason> payload{};
  const qsizetype size = std::min(reason.size(), kLongestReason);
  qToBigEndian(code, payload.data());
  if (size > 0) std::memcpy(payload.data() + 2, reason.data(), static_cast<std::size_t>(size));
  sendFrame(Opcode::Close, {payload.data(), 2 + size});
  m_closeSent = true;
  if (m_closeReceived)
    m_connection.finish();
  else
    m_connection.setTimeout(m_connection.table().limits().webSocketCloseWithin);
}

void WebSocket::received(char *bytes, qsizetype size) {
  if (m_closeReceived) return;
  m_frames.feed(bytes, size);
  while (!m_closeReceived && m_connection.isOpen()) {
    const std::optional<WebSocketFrames::Event> event = m_frames.next();
    if (!event) return;
    take(*event);
  }
}

void WebSocket::take(const WebSocketFrames::Event &event) {
  using Kind = WebSocketFrames::Event::Kind;
  switch (event.kind) {
    case Kind::Text:
    case Kind::Binary:
      if (!m_closeSent && m_listener) m_listener->messageReceived(event.payload, event.kind == Kind::Binary);
      return;
    case Kind::Ping:
      return answerPing(event.payload);
    case Kind::Pong:
      return;
    case Kind::Close:
      return peerClosed(event.code);
    case Kind::Failure:
      break;
  }
  m_closeCode = event.code;
  m_closeReceived = true;
  if (m_closeSent)
    m_connection.finish();
  else
    close(event.code);
}

void WebSocket::answerPing(QByteArrayView payload) {
  if (m_closeSent) return;
  const NetLimits &limits = m_connection.table().limits();
  const SteadyTime now = m_connection.table().loop().now();
  if (now - m_pingWindowStart >= limits.webSocketPingWindow) {
    m_pingWindowStart = now;
    m_pings = 0;
  }
  if (++m_pings > limits.webSocketPings) {
    m_closeCode = close_code::kPolicy;
    m_closeReceived = true;
    return close(close_code::kPolicy);
  }
  sendFrame(Opcode::Pong, payload);
}

void WebSocket::peerClosed(quint16 code) {
  m_closeCode = code;
  m_closeReceived = true;
  if (m_closeSent)
    m_connection.finish();
  else if (code == close_code::kNoStatus)
    close(close_code::kNormal);
  else
    close(code);
}

void WebSocket::endReached() {
  m_connection.finish();
}

void WebSocket::timedOut() {
  m_connection.finish();
}

void WebSocket::gone() {
  if (m_listener) m_listener->closed(m_closeCode);
}

}  // namespace gx::server::net
