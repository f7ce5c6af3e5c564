// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "server/realtime/engineio_server.h"
#include "tests/server/realtime/raw_polling.h"

namespace gx::test {

inline constexpr char kSocketTarget[] = "/engine.io/?EIO=4&transport=websocket";

class EchoListener final : public server::realtime::EngineIoListener {
 public:
  void sessionOpened(server::realtime::EngineIoSession &session) override { opened = &session; }
  void messageReceived(server::realtime::EngineIoSession &session, QByteArrayView message, bool isBinary) override {
    messages.push_back(message.toByteArray());
    if (isBinary) return session.sendBinary(message);
    session.sendText("4" + message.toByteArray());
  }
  void sessionClosed(server::realtime::EngineIoSession &) override {
    ++closed;
    opened = nullptr;
  }
  server::realtime::EngineIoSession *opened = nullptr;
  std::vector<QByteArray> messages;
  int closed = 0;
};

inline server::realtime::EngineIoOptions engineOptions() {
  using std::chrono::milliseconds;
  server::realtime::EngineIoOptions options;
  options.path = "/engine.io/";
  options.pingInterval = milliseconds(300);
  options.pingTimeout = milliseconds(200);
  options.upgradeWithin = milliseconds(250);
  options.allowedOrigins = {"https://app.example"};
  return options;
}

struct EngineIoFixture : ::testing::Test {
  explicit EngineIoFixture(server::realtime::EngineIoOptions options = engineOptions())
      : engine(server.http(), random, std::move(options), listener) {}
  [[nodiscard]] RawPolling polling() { return RawPolling(server.port()); }

  LocalServer server;
  OsRandom random;
  EchoListener listener;
  server::realtime::EngineIoServer engine;
};

}  // namespace gx::test
