// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <deque>

namespace gx::server::realtime {

// Packets of a session that polls, until a poll takes them.
class PollQueue final {
 public:
  struct Packet {
    QByteArray bytes;  // a text frame with its type character, or a binary message as it is
    bool isBinary = false;
  };

  void append(QByteArray bytes, bool isBinary);
  // A polling body of at most `limit` bytes, of one packet at least; what does not fit stays.
  [[nodiscard]] QByteArray takePayload(qint64 limit);
  [[nodiscard]] std::deque<Packet> takeAll();

  [[nodiscard]] bool isEmpty() const { return m_packets.empty(); }
  [[nodiscard]] qint64 bytes() const { return m_bytes; }
  [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_packets.size()); }

 private:
  std::deque<Packet> m_packets;
  qint64 m_bytes = 0;
};

}  // namespace gx::server::realtime
