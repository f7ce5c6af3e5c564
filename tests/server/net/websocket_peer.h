// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "server/net/websocket.h"
#include "tests/server/net/local_server.h"
#include "tests/server/net/raw_websocket.h"

namespace gx::test {

// Takes one socket, writes down what it hears and answers what the test says.
class WebSocketPeer final : public server::net::WebSocketListener, public server::net::WebSocketAcceptor {
 public:
  explicit WebSocketPeer(LocalServer &server) : m_http(server.http()) { m_http.mountWebSocket("/ws", *this); }
  ~WebSocketPeer() override {
    m_http.unmountWebSocket(*this);
    if (socket) socket->forgetListener();
    m_http.connections().forEach([](server::net::Connection &connection) { connection.abort(); });
    waitUntil([&] { return m_http.connectionCount() == 0; });
  }

  Decision accept(const server::net::HttpRequest &request) override {
    if (request.query == "no") return {nullptr, server::net::HttpResponse::problem(403, "forbidden", "")};
    return {this, {}};
  }
  void opened(server::net::WebSocket &opened) override { socket = &opened; }
  void messageReceived(QByteArrayView message, bool isBinary) override {
    messages.push_back((isBinary ? "b:" : "t:") + message.toByteArray());
    if (echoes && isBinary) socket->sendBinary(message);
    if (echoes && !isBinary) socket->sendText(message);
  }
  void closed(quint16 code) override {
    socket = nullptr;
    closeCode = code;
  }

  server::net::WebSocket *socket = nullptr;
  std::vector<QByteArray> messages;
  int closeCode = 0;
  bool echoes = true;

 private:
  server::net::HttpServer &m_http;
};

inline server::net::NetLimits quickSockets() {
  auto limits = server::net::NetLimits::withoutAdmission();
  limits.webSocketCloseWithin = std::chrono::milliseconds(200);
  limits.lingering = std::chrono::milliseconds(100);
  return limits;
}

}  // namespace gx::test
