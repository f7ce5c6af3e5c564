// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/listen_text.h"

#include <arpa/inet.h>
#include <netinet/in.h>

namespace gx::server::config {

namespace {

std::optional<quint16> parsePort(const QByteArray &text) {
  if (text.isEmpty() || text.size() > 5) return std::nullopt;
  for (const char c : text)
    if (c < '0' || c > '9') return std::nullopt;
  const uint port = text.toUInt();
  if (port > 65535) return std::nullopt;
  return static_cast<quint16>(port);
}

}  // namespace

std::optional<ListenText> parseListenText(const QByteArray &text) {
  const qsizetype colon = text.lastIndexOf(':');
  if (colon < 1) return std::nullopt;
  const auto port = parsePort(text.sliced(colon + 1));
  if (!port) return std::nullopt;
  ListenText listen{text.first(colon), *port};

  if (listen.host.startsWith('[') && listen.host.endsWith(']')) {
    listen.host = listen.host.sliced(1, listen.host.size() - 2);
    in6_addr address{};
    if (inet_pton(AF_INET6, listen.host.constData(), &address) != 1) return std::nullopt;
    listen.isLoopback = IN6_IS_ADDR_LOOPBACK(&address) != 0;
    return listen;
  }
  in_addr address{};
  if (inet_pton(AF_INET, listen.host.constData(), &address) != 1) return std::nullopt;
  listen.isLoopback = (ntohl(address.s_addr) >> 24) == 127;
  return listen;
}

}  // namespace gx::server::config
