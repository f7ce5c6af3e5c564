// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/poll_queue.h"

#include "core/wire/engineio_payload.h"

namespace gx::server::realtime {

void PollQueue::append(QByteArray bytes, bool isBinary) {
  m_bytes += bytes.size();
  m_packets.push_back({std::move(bytes), isBinary});
}

QByteArray PollQueue::takePayload(qint64 limit) {
  QByteArray payload;
  while (!m_packets.empty()) {
    const Packet &packet = m_packets.front();
    const qsizetype size =
        packet.isBinary ? wire::payloadSize(wire::engineIoBinary(packet.bytes)) : packet.bytes.size();
    if (!payload.isEmpty() && payload.size() + 1 + size > limit) break;
    if (packet.isBinary)
      wire::appendToPayload(payload, wire::engineIoBinary(packet.bytes));
    else
      wire::appendTextToPayload(payload, packet.bytes);
    m_bytes -= packet.bytes.size();
    m_packets.pop_front();
  }
  return payload;
}

std::deque<PollQueue::Packet> PollQueue::takeAll() {
  m_bytes = 0;
  return std::exchange(m_packets, {});
}

}  // namespace gx::server::realtime
