// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <memory>

#include "server/net/timer_wheel.h"
#include "server/net/websocket.h"
#include "server/net/websocket_listener.h"

namespace gx::server::realtime {

class EngineIoServer;
class EngineIoSession;

// One web socket that carries a session, or wants to take it over from polling. Owned by the server.
class WebSocketEndpoint final : public net::WebSocketListener {
 public:
  // `probed`: the session it wants to take over; null: it makes one.
  WebSocketEndpoint(EngineIoServer &server, EngineIoSession *probed) : m_server(server), m_session(probed) {}
  ~WebSocketEndpoint();
  WebSocketEndpoint(const WebSocketEndpoint &) = delete;
  WebSocketEndpoint &operator=(const WebSocketEndpoint &) = delete;

  void sendText(QByteArrayView frame) { m_socket->sendText(frame); }
  void sendBinary(QByteArrayView message) { m_socket->sendBinary(message); }
  void send(const net::SharedFrame &frame) { m_socket->send(frame); }
  [[nodiscard]] qint64 bytesWaiting() const { return m_socket->bytesWaiting(); }
  void setAuthenticated() { m_socket->setAuthenticated(); }
  // The session is not called any more.
  void close(quint16 code);
  // It became the transport: no more hurry.
  void probeEnded() { m_probeTimer.reset(); }

  void opened(net::WebSocket &socket) override;
  void messageReceived(QByteArrayView message, bool isBinary) override;
  void closed(quint16 code) override;

 private:
  void probeTimedOut();

  EngineIoServer &m_server;
  EngineIoSession *m_session;
  net::WebSocket *m_socket = nullptr;
  std::unique_ptr<net::WheelTimer> m_probeTimer;  // only while probing
};

}  // namespace gx::server::realtime
