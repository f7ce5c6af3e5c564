// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <vector>

#include "server/net/timer_wheel.h"

namespace gx::server::net {

// What one connection has to send and the kernel has not taken. Borrowed from the table's pool while it holds
// something, so that an idle connection has none.
class SendQueue final {
 public:
  SendQueue(WheelTimer::Call stalled, void *owner);

  // A packet of the connection's own: copied behind what is there.
  char *append(qsizetype size);
  // A packet whose bytes are shared with other connections.
  void appendShared(const QByteArray &bytes);
  // More bytes of the packet added last (bodies in pieces).
  void extend(QByteArrayView bytes);

  // The next bytes, joined into `scratch` (of `capacity`) when they lie in several places.
  [[nodiscard]] QByteArrayView front(char *scratch, qsizetype capacity) const;
  void taken(qsizetype bytes);

  [[nodiscard]] bool isEmpty() const { return m_bytes == 0; }
  [[nodiscard]] qint64 bytes() const { return m_bytes; }
  [[nodiscard]] int packets() const { return m_packets; }
  void clear();

  // Runs while the kernel takes nothing.
  [[nodiscard]] WheelTimer &stallTimer() { return m_stall; }
  void setOwner(WheelTimer::Call stalled, void *owner);

 private:
  struct Chunk {
    QByteArray bytes;
    int packets = 0;
    bool isOwn = false;
  };
  static constexpr qsizetype kChunkBytes = 16 * 1024;

  std::vector<Chunk> m_chunks;
  std::size_t m_first = 0;  // chunk that is being sent
  qsizetype m_offset = 0;   // into it
  qint64 m_bytes = 0;
  int m_packets = 0;
  WheelTimer m_stall;
};

}  // namespace gx::server::net
