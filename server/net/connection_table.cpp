// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/connection_table.h"

#include <malloc.h>

namespace gx::server::net {

ConnectionTable::ConnectionTable(EventLoop &loop, const NetLimits &limits, Admission *admission)
    : m_loop(loop),
      m_limits(limits),
      m_admission(admission),
      m_readBuffer(std::make_unique_for_overwrite<char[]>(kBufferBytes)),
      m_sendBuffer(std::make_unique_for_overwrite<char[]>(kBufferBytes)) {
  m_loop.addObserver(*this);
}

ConnectionTable::~ConnectionTable() {
  forEach([](Connection &connection) { connection.abort(); });
  freeDead();
  m_loop.removeObserver(*this);
}

Connection &ConnectionTable::add(int descriptor, const PeerAddress &peer) {
  if (m_freeSlots.empty()) {
    m_freeSlots.push_back(static_cast<quint32>(m_slots.size()));
    m_slots.emplace_back();
  }
  const quint32 index = m_freeSlots.back();
  m_freeSlots.pop_back();
  Slot &slot = m_slots[index];
  const quint64 id = (quint64{slot.generation} << 32) | index;
  slot.connection = std::make_unique<Connection>(*this, descriptor, peer, id);
  ++m_count;
  return *slot.connection;
}

Connection *ConnectionTable::find(quint64 id) const {
  const auto index = static_cast<quint32>(id);
  if (index >= m_slots.size()) return nullptr;
  const Slot &slot = m_slots[index];
  if (!slot.connection || slot.generation != id >> 32) return nullptr;
  return slot.connection->m_state == Connection::State::Dead ? nullptr : slot.connection.get();
}

void ConnectionTable::flushLater(Connection &connection) {
  if (connection.m_isDirty) return;
  connection.m_isDirty = true;
  m_dirty.push_back(&connection);
  m_loop.requestTurn();
}

void ConnectionTable::bury(Connection &connection) {
  m_dying.push_back(&connection);
  m_loop.requestTurn();
}

void ConnectionTable::keepUntilTurnEnds(std::unique_ptr<ConnectionUser> user) {
  m_oldUsers.push_back(std::move(user));
  m_loop.requestTurn();
}

std::unique_ptr<SendQueue> ConnectionTable::borrowQueue() {
  if (m_idleQueues.empty()) return std::make_unique<SendQueue>();
  std::unique_ptr<SendQueue> queue = std::move(m_idleQueues.back());
  m_idleQueues.pop_back();
  return queue;
}

void ConnectionTable::returnQueue(std::unique_ptr<SendQueue> queue) {
  queue->clear();
  if (m_idleQueues.size() < kIdleQueues) m_idleQueues.push_back(std::move(queue));
}

void ConnectionTable::turnEnded() {
  while (!m_dirty.empty() || !m_dying.empty()) {
    flushAll();
    freeDead();
  }
  m_oldUsers.clear();
}

void ConnectionTable::flushAll() {
  while (!m_dirty.empty()) {
    m_flushing.swap(m_dirty);
    for (Connection *connection : m_flushing) connection->flush();
    m_flushing.clear();
  }
}

// Users may send to others, or end them, when they hear that their connection is gone.
void ConnectionTable::freeDead() {
  std::vector<Connection *> dying;
  dying.swap(m_dying);
  for (Connection *connection : dying) {
    if (connection->m_user) connection->m_user->gone();
  }
  for (Connection *connection : dying) {
    if (m_admission) m_admission->left(connection->m_peer, connection->m_authenticated);
    if (connection->m_isDirty) std::erase(m_dirty, connection);
    m_unreadBytes += connection->bytesWaiting();
    Slot &slot = m_slots[static_cast<quint32>(connection->m_id)];
    m_freeSlots.push_back(static_cast<quint32>(connection->m_id));
    ++slot.generation;
    slot.connection.reset();
    --m_count;
  }
  if (m_unreadBytes >= kTrimBytes) giveMemoryBack();
}

// The C library keeps what lies below the last piece in use, which after a wave of readers that did not read is nearly
// all of it.
void ConnectionTable::giveMemoryBack() {
  m_unreadBytes = 0;
  malloc_trim(0);
}

}  // namespace gx::server::net
