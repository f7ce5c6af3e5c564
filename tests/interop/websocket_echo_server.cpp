// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// Echoes RFC 6455 messages, text and binary: what the Autobahn suite talks to. Its limits are those of the suite, not
// ours.
#include "server/net/websocket.h"
#include "server/net/websocket_listener.h"
#include "tests/interop/conformance_program.h"

namespace {

using gx::server::net::WebSocket;

class EchoSocket final : public gx::server::net::WebSocketListener {
 public:
  void opened(WebSocket &socket) override { m_socket = &socket; }
  void messageReceived(QByteArrayView message, bool isBinary) override {
    if (isBinary)
      m_socket->sendBinary(message);
    else
      m_socket->sendText(message);
  }
  void closed(quint16) override { delete this; }

 private:
  ~EchoSocket() = default;

  WebSocket *m_socket = nullptr;
};

class EchoAcceptor final : public gx::server::net::WebSocketAcceptor {
 public:
  Decision accept(const gx::server::net::HttpRequest &) override {
    return {new EchoSocket, {}};  // lives until closed()
  }
};

gx::server::net::NetLimits suiteLimits() {
  constexpr qsizetype kMessage = 16 * 1024 * 1024;
  auto limits = gx::server::net::NetLimits::withoutAdmission();
  limits.webSocketFrame = kMessage;
  limits.webSocketMessage = kMessage;
  limits.webSocketFragments = 100'000;
  limits.webSocketPings = 1'000;
  limits.sendQueueBytes = 4 * kMessage;
  limits.sendQueuePackets = 100'000;
  return limits;
}

}  // namespace

int main(int argc, char **argv) {
  EchoAcceptor acceptor;
  gx::test::ConformanceProgram program(argc, argv, suiteLimits());
  program.http().mountWebSocket("/", acceptor);
  return program.run();
}
