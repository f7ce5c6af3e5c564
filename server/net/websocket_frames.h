// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>

#include "server/net/net_limits.h"

namespace gx::server::net {

// Opcodes of RFC 6455 5.2.
enum class Opcode : quint8 { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

// Cuts a client's byte stream into messages and control frames: RFC 6455 section 5 for a server without extensions.
// Unmasks in place; keeps bytes only of what is incomplete, and nothing that is over a limit.
class WebSocketFrames final {
 public:
  struct Event {
    enum class Kind : quint8 { Text, Binary, Ping, Pong, Close, Failure };
    Kind kind;
    QByteArrayView payload{};  // until the next call; of Close the reason
    quint16 code = 0;          // Close: the peer's (1005 for none); Failure: what to close with
  };

  explicit WebSocketFrames(const NetLimits &limits) : m_limits(limits) {}

  // The bytes that came; next() is to be called until it has nothing more.
  void feed(char *bytes, qsizetype size);
  // After a Failure nothing may be read any more.
  [[nodiscard]] std::optional<Event> next();
  // Of incomplete frames and messages.
  [[nodiscard]] qsizetype bytesHeld() const { return m_rest.size() + m_message.size(); }

 private:
  // What the first bytes of a frame say.
  struct Head {
    Opcode opcode = Opcode::Continuation;
    bool isFinal = false;
    bool isKnown = false;  // the length, too: everything up to the payload is there
    quint16 fault = 0;     // close code, 0: none so far
    qsizetype size = 2;    // of the head, or of the part of it that must be there to go on
    qint64 payload = 0;
  };
  [[nodiscard]] Head readHead(const char *at, qsizetype available) const;
  [[nodiscard]] quint16 checkOpcode(Opcode opcode, bool isFinal, int shortLength) const;
  [[nodiscard]] quint16 checkLength(Opcode opcode, quint64 length) const;
  [[nodiscard]] std::optional<Event> nextFromRest();
  [[nodiscard]] std::optional<Event> take(const Head &head, char *at);
  [[nodiscard]] std::optional<Event> takeData(const Head &head, QByteArrayView payload);
  [[nodiscard]] Event failure(quint16 code);

  const NetLimits &m_limits;
  char *m_at = nullptr;
  char *m_end = nullptr;
  QByteArray m_rest;      // an incomplete frame, still masked
  QByteArray m_message;   // fragments so far
  QByteArray m_consumed;  // keeps the payload of the event given last alive
  int m_fragments = 0;    // of the message that is open; 0: none is
  Opcode m_opcode = Opcode::Text;
  bool m_failed = false;
};

inline constexpr qsizetype kLongestServerHead = 10;

// Writes the head of an unmasked, final frame to `out` (at least kLongestServerHead bytes); its length.
qsizetype writeServerHead(char *out, Opcode opcode, qsizetype payloadSize);
[[nodiscard]] constexpr qsizetype serverHeadSize(qsizetype payloadSize) {
  return payloadSize < 126 ? 2 : payloadSize <= 0xffff ? 4 : 10;
}

}  // namespace gx::server::net
