// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/network_text.h"

#include <arpa/inet.h>

#include <algorithm>

namespace gx::server::config {

namespace {

constexpr int kIpv4Prefix = 96;  // bits of ::ffff:0:0

std::optional<int> parseBits(const QByteArray &text, int most) {
  const bool isDigits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (text.isEmpty() || text.size() > 3 || !isDigits || text.toInt() > most) return std::nullopt;
  return text.toInt();
}

}  // namespace

std::optional<NetworkText> parseNetworkText(const QByteArray &text) {
  const qsizetype slash = text.indexOf('/');
  const QByteArray address = slash < 0 ? text : text.first(slash);
  NetworkText network;
  const bool isIpv4 = inet_pton(AF_INET, address.constData(), network.bytes.data() + 12) == 1;
  if (isIpv4) network.bytes[10] = network.bytes[11] = 0xff;
  if (!isIpv4 && inet_pton(AF_INET6, address.constData(), network.bytes.data()) != 1) return std::nullopt;
  if (slash < 0) return network;
  const auto bits = parseBits(text.sliced(slash + 1), isIpv4 ? 32 : 128);
  if (!bits) return std::nullopt;
  network.bits = isIpv4 ? kIpv4Prefix + *bits : *bits;
  return network;
}

}  // namespace gx::server::config
