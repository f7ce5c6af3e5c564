// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "server/net/close_code.h"
#include "server/net/connection.h"
#include "server/net/connection_user.h"
#include "server/net/net_limits.h"
#include "server/net/shared_frame.h"
#include "server/net/websocket_frames.h"
#include "server/net/websocket_listener.h"

namespace gx::server::net {

// The server's end of one web socket (RFC 6455, no extensions).
class WebSocket final : public ConnectionUser {
 public:
  WebSocket(Connection &connection, WebSocketListener &listener);
  ~WebSocket() override;

  [[nodiscard]] const PeerAddress &peer() const { return m_connection.peer(); }
  [[nodiscard]] bool isSecure() const { return m_connection.isSecure(); }
  [[nodiscard]] bool isOpen() const { return !m_closeSent && m_connection.isOpen(); }

  // Queued; leaves at the end of the turn. Nothing once closing. Text must be UTF-8.
  void sendText(QByteArrayView text) { sendMessage(text, false); }
  void sendBinary(QByteArrayView bytes) { sendMessage(bytes, true); }
  void send(const SharedFrame &frame);
  [[nodiscard]] qint64 bytesWaiting() const { return m_connection.bytesWaiting(); }

  // Sends Close and waits a little for the peer's. The listener hears closed() later, and no message until then.
  void close(quint16 code, QByteArrayView reason = {});
  // Drops the connection without a Close.
  void abort() { m_connection.abort(); }
  void pauseReading() { m_connection.pauseReading(); }
  void resumeReading() { m_connection.resumeReading(); }
  void setAuthenticated() { m_connection.setAuthenticated(); }

  // The listener dies before the socket: it hears nothing more.
  void forgetListener() { m_listener = nullptr; }

  // Of HttpSession: tells the listener, then reads what came with the upgrade request.
  void start();

  void received(char *bytes, qsizetype size) override;
  void endReached() override;
  void timedOut() override;
  void gone() override;

 private:
  void sendMessage(QByteArrayView payload, bool isBinary);
  void sendFrame(Opcode opcode, QByteArrayView payload);
  void take(const WebSocketFrames::Event &event);
  void answerPing(QByteArrayView payload);
  void peerClosed(quint16 code);

  Connection &m_connection;
  WebSocketListener *m_listener;
  WebSocketFrames m_frames;
  SteadyTime m_pingWindowStart{};
  int m_pings = 0;
  quint16 m_closeCode = close_code::kAbnormal;
  bool m_closeSent = false;
  bool m_closeReceived = false;  // or the peer broke the protocol: nothing is read any more
};

}  // namespace gx::server::net
