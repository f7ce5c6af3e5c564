// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/wire/socketio_decoder.h"
#include "server/net/timer_wheel.h"
#include "server/realtime/engineio_session.h"
#include "server/realtime/socketio_socket.h"

namespace gx::server::realtime {

class SocketIoCore;

// The Socket.IO side of one Engine.IO session: puts packets together, holds the client to the limits, hands on what is
// right. Owned by the core, for as long as the session lives.
class SocketIoClient final {
 public:
  SocketIoClient(SocketIoCore &core, EngineIoSession &session);
  SocketIoClient(const SocketIoClient &) = delete;
  SocketIoClient &operator=(const SocketIoClient &) = delete;

  [[nodiscard]] EngineIoSession &session() { return m_session; }
  void received(QByteArrayView message, bool isBinary);

  // Of the core.
  [[nodiscard]] const std::vector<SocketIoSocket *> &sockets() const { return m_sockets; }
  void connected();
  void removed(const SocketIoSocket &socket);

 private:
  void take(const wire::SocketIoPacket &packet);
  void takeConnect(const wire::SocketIoPacket &packet);
  void takeEvent(SocketIoSocket &socket, const wire::SocketIoPacket &packet);
  void takeAck(SocketIoSocket &socket, const wire::SocketIoPacket &packet);
  [[nodiscard]] SocketIoSocket *find(QByteArrayView nsp) const;
  [[nodiscard]] bool isFlooding();
  void refuseFlood();
  void breakOff();
  void timedOut();
  void updateTimer();

  SocketIoCore &m_core;
  EngineIoSession &m_session;
  wire::SocketIoDecoder m_decoder;
  std::vector<SocketIoSocket *> m_sockets;
  net::WheelTimer m_timer;  // to CONNECT, or for attachments
  SteadyTime m_bucketTime{};
  double m_bucket = 0;  // events that may come at once
  SteadyTime m_badAckWindow{};
  int m_badAcks = 0;
  bool m_isConnected = false;
  bool m_awaitsBinary = false;
};

}  // namespace gx::server::realtime
