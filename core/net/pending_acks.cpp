// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/pending_acks.h"

#include <algorithm>

#include "core/wire/limits.h"

namespace gx::net {

quint32 PendingAcks::add(const QByteArray &nsp, Acked &waiter) {
  do m_lastId = m_lastId >= wire::limits::kLargestAckId ? 0 : m_lastId + 1;
  while (m_waiters.contains(m_lastId));
  m_waiters.insert({m_lastId, {nsp, &waiter}});
  return m_lastId;
}

void PendingAcks::take(quint32 id, const QByteArray &nsp, SocketIoAck ack) {
  const auto found = m_waiters.find(id);
  if (found == m_waiters.end() || found->second.nsp != nsp) return;
  Acked *const acked = found->second.acked;
  m_waiters.erase(found);
  acked->finish(std::move(ack));
}

// A waiter that goes on may add and remove others: look again from the start.
void PendingAcks::failNamespace(const QByteArray &nsp, const Error &reason) {
  for (;;) {
    const auto found =
        std::find_if(m_waiters.begin(), m_waiters.end(), [&](const auto &w) { return w.second.nsp == nsp; });
    if (found == m_waiters.end()) return;
    Acked *const acked = found->second.acked;
    m_waiters.erase(found);
    acked->finish(fail(reason));
  }
}

void PendingAcks::failAll(const Error &reason) {
  while (!m_waiters.empty()) {
    const QByteArray nsp = m_waiters.begin()->second.nsp;  // a copy: the waiter goes first
    failNamespace(nsp, reason);
  }
}

}  // namespace gx::net
