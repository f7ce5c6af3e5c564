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
  const auto entry = m_byAddress.find(peer.limitKey());
  const int here = entry == m_byAddress.end() ? 0 : entry->second;
  const bool isFull = (m_perAddress > 0 && here >= m_perAddress) ||
                      (m_unauthenticatedTotal > 0 && m_unauthenticated >= m_unauthenticatedTotal) ||
                      (m_total > 0 && m_connections >= m_total);
  if (isFull) {
    ++m_refused;
    return false;
  }
  ++m_connections;
  ++m_unauthenticated;
  if (m_perAddress > 0) ++m_byAddress[peer.limitKey()];
  return true;
}

void Admission::authenticated(const PeerAddress &peer) {
  const std::scoped_lock lock(m_mutex);
  forget(peer);
}

void Admission::left(const PeerAddress &peer, bool wasAuthenticated) {
  const std::scoped_lock lock(m_mutex);
  --m_connections;
  if (!wasAuthenticated) forget(peer);
}

void Admission::forget(const PeerAddress &peer) {
  --m_unauthenticated;
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
