// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>

namespace gx::server::config {

// A numeric address and port as settings name them: "127.0.0.1:3007", "[::1]:0".
struct ListenText {
  QByteArray host;  // without brackets
  quint16 port = 0;
  bool isLoopback = false;

  bool operator==(const ListenText &) const = default;
};

[[nodiscard]] std::optional<ListenText> parseListenText(const QByteArray &text);

}  // namespace gx::server::config
