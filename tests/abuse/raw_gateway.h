// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>

#include "tests/server/net/raw_websocket.h"

namespace gx::test {

inline constexpr char kSocketPath[] = "/socket.io/?EIO=4&transport=websocket";

// A web socket past Engine.IO's open packet.
[[nodiscard]] inline std::unique_ptr<RawWebSocket> openSocket(quint16 port) {
  auto socket = std::make_unique<RawWebSocket>(port, kSocketPath);
  EXPECT_TRUE(socket->nextText().startsWith("0{"));
  return socket;
}

// … signed in, past `ready`.
[[nodiscard]] inline std::unique_ptr<RawWebSocket> signedInSocket(quint16 port, const QByteArray &token) {
  auto socket = openSocket(port);
  socket->sendText("40{\"token\":\"" + token + "\"}");
  EXPECT_TRUE(socket->nextText().startsWith("40{\"sid\":"));
  EXPECT_TRUE(socket->nextText().startsWith("42[\"ready\","));
  return socket;
}

}  // namespace gx::test
