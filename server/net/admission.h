// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <array>
#include <map>
#include <mutex>

#include "server/net/net_limits.h"
#include "server/net/peer_address.h"
#include "server/net/trusted_proxies.h"

namespace gx::server::net {

// Counts connections that have not signed in, by address and in total, and all connections. Shared by the workers; any
// thread.
class Admission final {
 public:
  explicit Admission(const NetLimits &limits);

  // Their connections are counted for the clients they speak for. Before anybody enters.
  void setProxies(TrustedProxies proxies) { m_proxies = std::move(proxies); }

  // False: over a limit, the connection is to be closed at once. True: counted, until admitted() or left().
  [[nodiscard]] bool enter(const PeerAddress &peer);
  // A connection that has not signed in turns out to be `to`'s. False: that is one too many; it still counts for
  // `from`.
  [[nodiscard]] bool move(const PeerAddress &from, const PeerAddress &to);
  // It signed in.
  void authenticated(const PeerAddress &peer);
  void left(const PeerAddress &peer, bool wasAuthenticated);

  [[nodiscard]] int unauthenticatedCount() const;
  [[nodiscard]] int connectionCount() const;
  [[nodiscard]] quint64 refusedCount() const;

 private:
  [[nodiscard]] bool hasRoom(const PeerAddress &peer) const;
  void count(const PeerAddress &peer);
  void uncount(const PeerAddress &peer);

  const int m_perAddress;
  const int m_unauthenticatedTotal;
  const int m_total;
  TrustedProxies m_proxies;
  mutable std::mutex m_mutex;
  std::map<std::array<unsigned char, 16>, int> m_byAddress;
  int m_unauthenticated = 0;
  int m_connections = 0;
  quint64 m_refused = 0;
};

}  // namespace gx::server::net
