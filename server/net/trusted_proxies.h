// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "server/net/http_exchange.h"

namespace gx::server::net {

// The proxies in front of us whose word about their clients is believed. Empty: nobody's.
class TrustedProxies final {
 public:
  struct Network {
    std::array<unsigned char, 16> bytes{};  // IPv4 as ::ffff:a.b.c.d
    int bits = 128;
  };
  TrustedProxies() = default;
  explicit TrustedProxies(std::vector<Network> networks) : m_networks(std::move(networks)) {}

  [[nodiscard]] bool trusts(const PeerAddress &address) const;
  // Who made the request that came from `peer`: the rightmost address in X-Forwarded-For that is not a trusted
  // proxy's. `peer` itself where it is not trusted, and the last believed address before an entry that is none: what
  // stands left of it, anybody may have written.
  [[nodiscard]] PeerAddress clientOf(const HttpHeaders &headers, const PeerAddress &peer) const;

 private:
  std::vector<Network> m_networks;
};

}  // namespace gx::server::net
