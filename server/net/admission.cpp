// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/admission.h"

namespace gx::server::net {

Admission::Admission(const NetLimits &limits)
    : m_perAddress(limits.unauthenticatedPerAddress),
      m_unauthenticatedTotal(limits.unauthenticatedTotal),
      m_total(limits.connectionsTotal) {}

bool Admission::enter(const PeerAddress &peer) {
  const std::scoped_lock lock(m_mutex);
  const bool isFull = !hasRoom(peer) || (m_unauthenticatedTotal > 0 && m_unauthenticated >= m_unauthenticatedTotal) ||
                      (m_total > 0 && m_connections >= m_total);
  if (isFull) {
    ++m_refused;
    return false;
  }
  ++m_connections;
  ++m_unauthenticated;
  count(peer);
  return true;
}

bool Admission::move(const PeerAddress &from, const PeerAddress &to) {
  const std::scoped_lock lock(m_mutex);
  if (from.limitKey() == to.limitKey()) return true;
  if (!hasRoom(to)) {
    ++m_refused;
    return false;
  }
  uncount(from);
  count(to);
  return true;
}

void Admission::authenticated(const PeerAddress &peer) {
  const std::scoped_lock lock(m_mutex);
  --m_unauthenticated;
  uncount(peer);
}

void Admission::left(const PeerAddress &peer, bool wasAuthenticated) {
  const std::scoped_lock lock(m_mutex);
  --m_connections;
  if (wasAuthenticated) return;
  --m_unauthenticated;
  uncount(peer);
}

bool Admission::hasRoom(const PeerAddress &peer) const {
  if (m_perAddress <= 0) return true;
  const auto entry = m_byAddress.find(peer.limitKey());
  return entry == m_byAddress.end() || entry->second < m_perAddress;
}

void Admission::count(const PeerAddress &peer) {
  if (m_perAddress > 0 && !m_proxies.trusts(peer)) ++m_byAddress[peer.limitKey()];
}

void Admission::uncount(const PeerAddress &peer) {
  if (m_proxies.trusts(peer)) return;
  const auto entry = m_byAddress.find(peer.limitKey());
  if (entry != m_byAddress.end() && --entry->second == 0) m_byAddress.erase(entry);
}

int Admission::unauthenticatedCount() const {
  const std::scoped_lock lock(m_mutex);
  return m_unauthenticated;
}

int Admission::connectionCount() const {
  const std::scoped_lock lock(m_mutex);
  return m_connections;
}

quint64 Admission::refusedCount() const {
  const std::scoped_lock lock(m_mutex);
  return m_refused;
}

}  // namespace gx::server::net
