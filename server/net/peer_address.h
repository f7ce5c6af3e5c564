// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <array>
#include <compare>
#include <optional>

struct sockaddr;

namespace gx::server::net {

// Where a connection comes from. IPv4 is kept as ::ffff:a.b.c.d. Not for logs.
struct PeerAddress {
  std::array<unsigned char, 16> bytes{};
  quint16 port = 0;

  [[nodiscard]] static PeerAddress from(const sockaddr *address);
  // "192.0.2.7", "192.0.2.7:4711", "2001:db8::1", "[2001:db8::1]:4711"; the port is passed over.
  [[nodiscard]] static std::optional<PeerAddress> parse(QByteArrayView text);
  [[nodiscard]] bool isLoopback() const;
  // What limits count by: the address, of IPv6 the /64.
  [[nodiscard]] std::array<unsigned char, 16> limitKey() const;
  // "127.0.0.1" or "::1"; without port.
  [[nodiscard]] QByteArray hostText() const;

  auto operator<=>(const PeerAddress &) const = default;
};

// Where to listen: a numeric address and a port, 0 for a free one.
struct ListenAddress {
  QByteArray host;
  quint16 port = 0;

  // "127.0.0.1:3007", "[::1]:0"; names are refused.
  [[nodiscard]] static std::optional<ListenAddress> parse(QByteArrayView text);
  [[nodiscard]] QByteArray toText() const;
  [[nodiscard]] bool isLoopback() const;

  bool operator==(const ListenAddress &) const = default;
};

}  // namespace gx::server::net
