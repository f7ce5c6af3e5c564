// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <array>
#include <memory>
#include <optional>

#include "core/wire/engineio_packet.h"
#include "server/net/shared_frame.h"
#include "server/net/timer_wheel.h"
#include "server/realtime/poll_queue.h"
#include "server/realtime/poll_reply.h"

namespace gx::server::realtime {

class EngineIoServer;
class WebSocketEndpoint;

// One Engine.IO session: which transport speaks for it, what waits to be sent while none can, heartbeat, upgrade, end.
// Owned by the server.
class EngineIoSession final {
 public:
  EngineIoSession(EngineIoServer &server, QByteArray sid, const net::PeerAddress &peer, bool secure);
  ~EngineIoSession();
  EngineIoSession(const EngineIoSession &) = delete;
  EngineIoSession &operator=(const EngineIoSession &) = delete;

  [[nodiscard]] const QByteArray &sid() const { return m_sid; }
  [[nodiscard]] const net::PeerAddress &peer() const { return m_peer; }
  [[nodiscard]] bool isSecure() const { return m_secure; }
  [[nodiscard]] bool isOpen() const { return !m_closed; }
  [[nodiscard]] bool isWebSocket() const { return m_socket != nullptr; }
  // What the listener keeps for this session.
  void setOwner(void *owner) { m_owner = owner; }
  [[nodiscard]] void *owner() const { return m_owner; }

  // A whole Engine.IO text frame, its type character included.
  void sendText(QByteArrayView frame);
  void sendBinary(QByteArrayView message);
  void send(const net::SharedFrame &frame);
  [[nodiscard]] qint64 bytesWaiting() const;
  // Tells the client and ends; the listener hears sessionClosed() at the end of the turn. The code is for web sockets.
  // A client that polls and has no poll waiting hears what is queued, and the end, when it asks next.
  void close(quint16 code);
  // It signed in: its connections no longer count as unauthenticated.
  void setAuthenticated();

  // Of the endpoints.
  void openPolling(const PollReply &handshake);
  void openSocket(WebSocketEndpoint &socket);
  void poll(const PollReply &reply);
  // True: this POST (its query's `t`) was taken already; a proxy or an HTTP library that missed the answer sent it
  // again.
  [[nodiscard]] bool isRepeated(QByteArrayView stamp, QByteArrayView body);
  // False: the body broke the protocol and the session is closed.
  [[nodiscard]] bool post(QByteArrayView body, const PollReply &reply);
  // False: it is no time for an upgrade.
  [[nodiscard]] bool canProbe() const { return !m_closed && !m_socket && !m_probe; }
  void startProbe(WebSocketEndpoint &socket) { m_probe = &socket; }
  void socketText(WebSocketEndpoint &socket, QByteArrayView frame);
  void socketBinary(WebSocketEndpoint &socket, QByteArrayView message);
  void socketGone(WebSocketEndpoint &socket);
  // Of the server, at the end of the turn.
  void answerPoll();
  void pollGone(quint64 round);

 private:
  [[nodiscard]] QByteArray openPacket(bool canUpgrade) const;
  void take(const wire::EngineIoPacket &packet);
  void pongArrived();
  void takeProbe(WebSocketEndpoint &socket, QByteArrayView frame);
  void upgrade(WebSocketEndpoint &socket);
  void queue(QByteArray bytes, bool isBinary);
  void endPoll(QByteArray payload);
  void beat();
  void end(quint16 code, QByteArrayView lastPollPacket);

  struct Polling {
    PollQueue packets;
    std::optional<PollReply> waiting;
    quint64 round = 0;              // a poll that went away late does not close a later one
    bool isDue = false;             // answered at the end of the turn
    std::array<size_t, 8> posts{};  // hashes of the last ones
    size_t nextPost = 0;
  };

  EngineIoServer &m_server;
  QByteArray m_sid;
  net::PeerAddress m_peer;
  WebSocketEndpoint *m_socket = nullptr;  // the transport, once it is the web socket
  WebSocketEndpoint *m_probe = nullptr;   // wants to become it
  std::unique_ptr<Polling> m_polling;     // only while the session polls
  net::WheelTimer m_heartbeat;
  void *m_owner = nullptr;
  bool m_secure;
  bool m_closed = false;
  bool m_awaitsPong = false;
  bool m_upgrading = false;
  bool m_authenticated = false;
};

}  // namespace gx::server::realtime
