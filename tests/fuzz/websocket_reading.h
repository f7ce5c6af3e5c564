// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <QtEndian>

#include "core/wire/utf8.h"
#include "server/net/net_limits.h"
#include "server/net/websocket_frames.h"

namespace gx::fuzz {

struct SocketEvent {
  server::net::WebSocketFrames::Event::Kind kind;
  QByteArray payload;
  quint16 code = 0;

  bool operator==(const SocketEvent &) const = default;
};

// RFC 6455 section 5 for a server without extensions, read from all bytes at once: what WebSocketFrames must find
// however they come.
class WebSocketReading final {
 public:
  explicit WebSocketReading(const server::net::NetLimits &limits) : m_limits(limits) {}

  QList<SocketEvent> read(QByteArrayView bytes) {
    while (frame(bytes)) continue;
    return m_events;
  }

 private:
  using Kind = server::net::WebSocketFrames::Event::Kind;

  // Takes one frame from the front; false at the end or when there is nothing more to be read.
  bool frame(QByteArrayView &bytes) {
    if (bytes.size() < 2) return false;
    const int first = static_cast<quint8>(bytes[0]);
    const int second = static_cast<quint8>(bytes[1]);
    const int opcode = first & 15;
    const bool isFinal = first >= 0x80;
    const bool isControl = opcode >= 8;
    if ((first & 0x70) || second < 0x80 || (opcode > 2 && opcode < 8) || opcode > 10) return fail(1002);
    if (isControl && (!isFinal || second - 0x80 > 125)) return fail(1002);
    if (!isControl && (opcode == 0) != m_isOpen) return fail(1002);

    const int extra = second == 0xff ? 8 : second == 0xfe ? 2 : 0;
    if (bytes.size() < 2 + extra) return false;
    quint64 length = static_cast<quint64>(second - 0x80);
    if (extra > 0) length = 0;
    for (int i = 0; i < extra; ++i) length = (length << 8) | static_cast<quint8>(bytes[2 + i]);
    if ((extra == 2 && length < 126) || (extra == 8 && length < 0x10000)) return fail(1002);
    if (!isControl && !fits(length)) return fail(length > frameLimit() || total(length) > messageLimit() ? 1009 : 1008);

    if (static_cast<quint64>(bytes.size()) < length + static_cast<quint64>(extra) + 6) return false;
    QByteArray payload = bytes.sliced(extra + 6, static_cast<qsizetype>(length)).toByteArray();
    for (qsizetype i = 0; i < payload.size(); ++i)
      payload[i] = static_cast<char>(payload[i] ^ bytes[extra + 2 + i % 4]);
    bytes = bytes.sliced(extra + 6 + payload.size());
    return isControl ? control(opcode, payload) : data(opcode, isFinal, payload);
  }

  [[nodiscard]] quint64 frameLimit() const { return static_cast<quint64>(m_limits.webSocketFrame); }
  [[nodiscard]] quint64 messageLimit() const { return static_cast<quint64>(m_limits.webSocketMessage); }
  [[nodiscard]] quint64 total(quint64 length) const { return length + static_cast<quint64>(m_message.size()); }
  [[nodiscard]] bool fits(quint64 length) const {
    return length <= frameLimit() && total(length) <= messageLimit() && m_fragments < m_limits.webSocketFragments;
  }

  bool control(int opcode, const QByteArray &payload) {
    if (opcode == 9) return say(Kind::Ping, payload);
    if (opcode == 10) return say(Kind::Pong, payload);
    if (payload.isEmpty()) return say(Kind::Close, {}, 1005);
    if (payload.size() == 1) return fail(1002);
    const auto code = qFromBigEndian<quint16>(payload.constData());
    const bool isKnown = (code >= 1000 && code < 1015 && code != 1004 && code != 1005 && code != 1006);
    if (!isKnown && (code < 3000 || code > 4999)) return fail(1002);
    if (!wire::isUtf8(payload.sliced(2))) return fail(1007);
    return say(Kind::Close, payload.sliced(2), code);
  }

  bool data(int opcode, bool isFinal, const QByteArray &payload) {
    if (opcode != 0) m_isText = opcode == 1;
    m_message += payload;
    m_isOpen = !isFinal;
    m_fragments = isFinal ? 0 : m_fragments + 1;
    if (!isFinal) return true;
    const QByteArray message = std::exchange(m_message, QByteArray());
    if (m_isText && !wire::isUtf8(message)) return fail(1007);
    return say(m_isText ? Kind::Text : Kind::Binary, message);
  }

  bool say(Kind kind, const QByteArray &payload, quint16 code = 0) {
    m_events += SocketEvent{kind, payload, code};
    return true;
  }
  bool fail(quint16 code) {
    m_events += SocketEvent{Kind::Failure, {}, code};
    return false;
  }

  const server::net::NetLimits &m_limits;
  QList<SocketEvent> m_events;
  QByteArray m_message;
  int m_fragments = 0;
  bool m_isOpen = false;
  bool m_isText = false;
};

}  // namespace gx::fuzz
