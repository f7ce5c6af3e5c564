// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <array>
#include <map>
#include <mutex>

#include "server/net/net_limits.h"
#include "server/net/peer_address.h"

namespace gx::server::net {

// Counts connections that have not signed in, by address and in total, and all connections. Shared by the workers; any
// thread.
class Admission final {
 public:
  explicit Admission(const NetLimits &limits);

  // False: over a limit, the connection is to be closed at once. True: counted, until admitted() or left().
  [[nodiscard]] bool enter(const PeerAddress &peer);
  // It signed in.
  void authenticated(const PeerAddress &peer);
  void left(const PeerAddress &peer, bool wasAuthenticated);

  [[nodiscard]] int unauthenticatedCount() const;
  [[nodiscard]] int connectionCount() const;
  [[nodiscard]] quint64 refusedCount() const;

 private:
  void forget(const PeerAddress &peer);

  const int m_perAddress;
  const int m_unauthenticatedTotal;
  const int m_total;
  mutable std::mutex m_mutex;
  std::map<std::array<unsigned char, 16>, int> m_byAddress;
  int m_unauthenticated = 0;
  int m_connections = 0;
  quint64 m_refused = 0;
};

}  // namespace gx::server::net
