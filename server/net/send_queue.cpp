// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/send_queue.h"

#include <algorithm>
#include <cstring>

namespace gx::server::net {

char *SendQueue::append(qsizetype size) {
  const bool fits = !m_chunks.empty() && m_chunks.back().isOwn && m_chunks.back().bytes.size() + size <= kChunkBytes &&
                    m_chunks.size() > m_first;
  if (!fits) addChunk(size);
  Chunk &chunk = m_chunks.back();
  const qsizetype at = chunk.bytes.size();
  chunk.bytes.resize(at + size);
  ++chunk.packets;
  ++m_packets;
  m_bytes += size;
  return chunk.bytes.data() + at;
}

// A first chunk is as big as its packet, so that a single answer costs no more than itself; a second packet makes it
// grow.
void SendQueue::addChunk(qsizetype size) {
  if (m_chunks.empty() && m_spare.capacity() >= size) {
    m_chunks.push_back({std::move(m_spare), 0, true});
    m_spare = QByteArray();
    return;
  }
  QByteArray bytes;
  bytes.reserve(m_chunks.empty() ? std::max(size, kSpareBytes) : std::max(size, kChunkBytes));
  m_chunks.push_back({std::move(bytes), 0, true});
}

void SendQueue::appendShared(const QByteArray &bytes) {
  if (bytes.isEmpty()) return;
  m_chunks.push_back({bytes, 1, false});
  ++m_packets;
  m_bytes += bytes.size();
}

QByteArrayView SendQueue::front(char *scratch, qsizetype capacity) const {
  const QByteArrayView first = QByteArrayView(m_chunks[m_first].bytes).sliced(m_offset);
  if (m_first + 1 == m_chunks.size() || first.size() >= capacity) return first;
  std::memcpy(scratch, first.data(), static_cast<std::size_t>(first.size()));
  qsizetype size = first.size();
  for (std::size_t i = m_first + 1; i < m_chunks.size() && size < capacity; ++i) {
    const QByteArray &bytes = m_chunks[i].bytes;
    const qsizetype part = std::min(bytes.size(), capacity - size);
    std::memcpy(scratch + size, bytes.constData(), static_cast<std::size_t>(part));
    size += part;
  }
  return {scratch, size};
}

void SendQueue::taken(qsizetype bytes) {
  m_bytes -= bytes;
  if (m_bytes == 0) {
    clear();
    return;
  }
  while (bytes > 0) {
    Chunk &chunk = m_chunks[m_first];
    const qsizetype left = chunk.bytes.size() - m_offset;
    if (bytes < left) {
      m_offset += bytes;
      return;
    }
    bytes -= left;
    m_packets -= chunk.packets;
    chunk = Chunk();
    ++m_first;
    m_offset = 0;
  }
  if (m_first >= kTrimAfter) {
    m_chunks.erase(m_chunks.begin(), m_chunks.begin() + static_cast<std::ptrdiff_t>(m_first));
    m_first = 0;
  }
}

void SendQueue::clear() {
  if (!m_chunks.empty() && m_chunks.front().isOwn && m_spare.capacity() == 0 &&
      m_chunks.front().bytes.capacity() <= kChunkBytes) {
    m_spare = std::move(m_chunks.front().bytes);
    m_spare.resize(0);
  }
  m_chunks.clear();
  m_first = 0;
  m_offset = 0;
  m_bytes = 0;
  m_packets = 0;
}

}  // namespace gx::server::net
