// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <array>
#include <optional>

namespace gx::server::config {

// A range of addresses as settings name it: "192.0.2.7", "10.0.0.0/8", "2001:db8::/32".
struct NetworkText {
  std::array<unsigned char, 16> bytes{};  // IPv4 as ::ffff:a.b.c.d
  int bits = 128;                         // of `bytes` that count

  bool operator==(const NetworkText &) const = default;
};

[[nodiscard]] std::optional<NetworkText> parseNetworkText(const QByteArray &text);

}  // namespace gx::server::config
