// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/pending_acks.h"

namespace gx::server::realtime {

quint32 PendingAcks::expect(std::chrono::milliseconds within, Answered answered) {
  const quint32 id = m_nextId;
  m_nextId = m_nextId == wire::limits::kLargestAckId ? 0 : m_nextId + 1;
  const auto expired = [](void *self) {
    auto *waiting = static_cast<Waiting *>(self);
    waiting->acks.finish(waiting->id, fail(ErrorKind::Timeout, "no acknowledgement in time"));
  };
  auto &slot = m_waiting[id];
  slot.reset(new Waiting{*this, id, std::move(answered), net::WheelTimer(expired, nullptr)});
  slot->timer.setOwner(slot.get());
  m_loop.startTimer(slot->timer, within);
  return id;
}

bool PendingAcks::take(const wire::SocketIoPacket &packet) {
  if (!packet.ackId || !m_waiting.contains(*packet.ackId)) return false;
  ClientAck ack;
  ack.argumentList = packet.argumentList.toByteArray();
  ack.attachments = packet.attachments;
  finish(*packet.ackId, std::move(ack));
  return true;
}

void PendingAcks::cancelAll() {
  while (!m_waiting.empty()) finish(m_waiting.begin()->first, fail(ErrorKind::Cancelled, "the client is gone"));
}

void PendingAcks::finish(quint32 id, Result<ClientAck> result) {
  auto node = m_waiting.extract(id);
  node.mapped()->answered(std::move(result));
}

}  // namespace gx::server::realtime
