// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <vector>

namespace gx::server::net {

// What one connection has to send and the kernel has not taken. Borrowed from the table's pool while it holds
// something, so that an idle connection has none; an empty one keeps a little memory for the next.
class SendQueue final {
 public:
  // Room for a packet of the connection's own behind what is there, to be filled at once.
  [[nodiscard]] char *append(qsizetype size);
  // A packet whose bytes are shared with other connections.
  void appendShared(const QByteArray &bytes);

  // The next bytes, joined into `scratch` when they lie in several places.
  [[nodiscard]] QByteArrayView front(char *scratch, qsizetype capacity) const;
  void taken(qsizetype bytes);
  void clear();

  [[nodiscard]] bool isEmpty() const { return m_bytes == 0; }
  [[nodiscard]] qint64 bytes() const { return m_bytes; }
  [[nodiscard]] int packets() const { return m_packets; }

 private:
  static constexpr qsizetype kSpareBytes = 1024;
  static constexpr qsizetype kChunkBytes = 16 * 1024;
  static constexpr std::size_t kTrimAfter = 64;
  struct Chunk {
    QByteArray bytes;
    int packets = 0;
    bool isOwn = false;
  };
  void addChunk(qsizetype size);

  std::vector<Chunk> m_chunks;
  std::size_t m_first = 0;  // that is being sent
  qsizetype m_offset = 0;   // into it
  qint64 m_bytes = 0;
  int m_packets = 0;
  QByteArray m_spare;  // memory of the chunk before
};

}  // namespace gx::server::net
