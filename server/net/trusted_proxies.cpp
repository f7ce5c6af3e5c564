// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/trusted_proxies.h"

#include <algorithm>

namespace gx::server::net {

namespace {

bool isInside(const TrustedProxies::Network &network, const PeerAddress &address) {
  const auto whole = static_cast<std::ptrdiff_t>(network.bits / 8);
  if (!std::equal(network.bytes.begin(), network.bytes.begin() + whole, address.bytes.begin())) return false;
  const int rest = network.bits % 8;
  if (rest == 0) return true;
  const auto at = static_cast<std::size_t>(whole);
  return ((network.bytes[at] ^ address.bytes[at]) >> (8 - rest)) == 0;
}

// All fields of the name as one list, in order.
QByteArray forwardedFor(const HttpHeaders &headers) {
  QByteArray list;
  for (qsizetype i = 0; i < headers.size(); ++i)
    if (headers.nameAt(i) == "x-forwarded-for") list += (list.isEmpty() ? "" : ",") + headers.valueAt(i).toByteArray();
  return list;
}

}  // namespace

bool TrustedProxies::trusts(const PeerAddress &address) const {
  return std::ranges::any_of(m_networks, [&](const Network &network) { return isInside(network, address); });
}

PeerAddress TrustedProxies::clientOf(const HttpHeaders &headers, const PeerAddress &peer) const {
  PeerAddress client = peer;
  if (!trusts(peer)) return client;
  const QByteArray list = forwardedFor(headers);
  QByteArrayView left = list;
  while (trusts(client) && !left.isEmpty()) {
    const qsizetype comma = left.lastIndexOf(',');
    const auto named = PeerAddress::parse(left.sliced(comma + 1).trimmed());
    if (!named) break;
    client = *named;
    left = comma < 0 ? QByteArrayView() : left.first(comma);
  }
  return client;
}

}  // namespace gx::server::net
