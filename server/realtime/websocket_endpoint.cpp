// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/websocket_endpoint.h"

#include "server/realtime/engineio_server.h"

namespace gx::server::realtime {

WebSocketEndpoint::~WebSocketEndpoint() {
  if (!m_socket) return;
  m_socket->forgetListener();
  m_socket->abort();
}

void WebSocketEndpoint::opened(net::WebSocket &socket) {
  m_socket = &socket;
  if (m_session) {
    m_session->startProbe(*this);
    m_probeTimer = std::make_unique<net::WheelTimer>(
        [](void *self) { static_cast<WebSocketEndpoint *>(self)->probeTimedOut(); }, this);
    m_server.loop().startTimer(*m_probeTimer, m_server.options().upgradeWithin);
    return;
  }
  m_session = &m_server.create(socket.peer(), socket.isSecure());
  m_session->openSocket(*this);
  m_server.listener().sessionOpened(*m_session);
}

void WebSocketEndpoint::messageReceived(QByteArrayView message, bool isBinary) {
  if (!m_session) return;
  if (isBinary)
    m_session->socketBinary(*this, message);
  else
    m_session->socketText(*this, message);
}

void WebSocketEndpoint::closed(quint16) {
  m_socket = nullptr;
  if (m_session) std::exchange(m_session, nullptr)->socketGone(*this);
  m_server.release(*this);
}

void WebSocketEndpoint::close(quint16 code) {
  m_session = nullptr;
  m_probeTimer.reset();
  m_socket->close(code);
}

void WebSocketEndpoint::probeTimedOut() {
  EngineIoSession *session = m_session;
  m_socket->close(net::close_code::kPolicy);
  m_session = nullptr;
  if (session) session->socketGone(*this);
}

}  // namespace gx::server::realtime
