// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <functional>
#include <memory>
#include <span>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/wire/socketio_packet.h"
#include "server/net/peer_address.h"
#include "server/net/shared_frame.h"
#include "server/realtime/engineio_options.h"

namespace gx::server::net {
class HttpServer;
}

namespace gx::server::realtime {

// One client's connection to one namespace; never used twice, 0 is none.
using SocketId = quint64;

struct SocketIoOptions {
  EngineIoOptions engine;
  std::chrono::milliseconds connectWithin = wire::limits::kConnectTime;  // from open to an accepted CONNECT
  std::chrono::milliseconds binaryWithin = wire::limits::kBinaryWait;
  int namespacesPerSession = wire::limits::kNamespacesPerSocket;
  int eventsInFlight = wire::limits::kEventsInFlight;
  int badAcksPerMinute = wire::limits::kBadAcksPerMinute;
  // Flood limit of one session, a token bucket; above it `rate_limited` is emitted once, then the session closes
  // (1008). 0: none.
  int eventsPerSecond = 100;
  int eventBurst = 500;
};

// A CONNECT that waits for accept() or refuse(). The views live during the call.
struct ConnectRequest {
  SocketId socket = 0;
  QByteArrayView nsp;
  QByteArrayView payload;  // raw JSON object; "{}" when the client sent none
  net::PeerAddress peer;
  bool secure = false;
};

// The right to acknowledge one event; harmless when the client is gone.
struct AckToken {
  SocketId socket = 0;
  quint32 id = 0;
  bool isWanted = false;
};

// An event from a client. All views live during the call; `packet.argumentList` is raw JSON, ready to be spliced into
// another event.
struct IncomingEvent {
  SocketId socket = 0;
  quint64 user = 0;  // what accept() said
  const wire::SocketIoPacket &packet;
  AckToken ack;
};

// An event to a client. `argumentList` is raw JSON that was checked: values with commas between, "" for none.
struct ServerEvent {
  QByteArrayView name;
  QByteArrayView argumentList{};
  std::span<const QByteArray> attachments{};  // the placeholders are in argumentList
  bool isVolatile = false;                    // left out for a client that is behind with reading
};

// What a client answered.
struct ClientAck {
  QByteArray argumentList;
  QList<QByteArray> attachments;
};

// An event encoded once, for any number of sockets of one namespace.
class PreparedEvent final {
 public:
  PreparedEvent(QByteArrayView nsp, const ServerEvent &event);

  [[nodiscard]] const std::vector<net::SharedFrame> &frames() const { return m_frames; }
  [[nodiscard]] bool isVolatile() const { return m_isVolatile; }

 private:
  std::vector<net::SharedFrame> m_frames;
  bool m_isVolatile;
};

class SocketIoCore;

// Socket.IO v5 of one worker: namespaces, CONNECT with an asynchronous yes or no, events by name, acks both ways,
// rooms. Knows no account: `user` is a number that its owner chose. Lives in the worker's thread; handlers are called
// from the event loop only and may call everything here.
class SocketIoServer final {
 public:
  struct Namespace {
    // Each CONNECT; ends in accept() or refuse(), now or later. Missing: everybody is accepted as user 0.
    std::function<void(const ConnectRequest &)> authenticate{};
    // After the client was told that it is connected; called by accept().
    std::function<void(SocketId, quint64 user)> connected{};
    // Once for every accepted socket.
    std::function<void(SocketId, quint64 user)> disconnected{};
    // Events nobody registered for. Missing: ignored.
    std::function<void(const IncomingEvent &)> unknownEvent{};
  };

  // Mounts itself at options.engine.path, for polling and web sockets.
  SocketIoServer(net::HttpServer &http, Random &random, SocketIoOptions options);
  ~SocketIoServer();
  SocketIoServer(const SocketIoServer &) = delete;
  SocketIoServer &operator=(const SocketIoServer &) = delete;

  void addNamespace(QByteArray name, Namespace functions);
  void on(QByteArrayView nsp, QByteArrayView event, std::function<void(const IncomingEvent &)> handler);

  // Answers to ConnectRequest. False when the client left meanwhile.
  bool accept(SocketId socket, quint64 user);
  // CONNECT_ERROR {"message": …, "data": …}; the session stays until connectWithin.
  void refuse(SocketId socket, QByteArrayView message, QByteArrayView dataJson = {});

  void emitTo(SocketId socket, const ServerEvent &event);
  void emitTo(SocketId socket, const PreparedEvent &event);
  // Fails with Full when eventsInFlight are unanswered, NotFound when the socket is gone. `answered` is called exactly
  // once, Timeout or Cancelled (socket gone) included, if this succeeds.
  [[nodiscard]] Result<> emitWithAck(SocketId socket, const ServerEvent &event, std::chrono::milliseconds within,
                                     std::function<void(Result<ClientAck>)> answered);
  [[nodiscard]] int inFlight(SocketId socket) const;
  // Answers a client's event once; later answers to the same token are the caller's mistake and confuse the client.
  void ack(const AckToken &token, QByteArrayView argumentList, std::span<const QByteArray> attachments = {});

  void join(SocketId socket, QByteArrayView room);
  void leave(SocketId socket, QByteArrayView room);
  // To all sockets of the room in the namespace but `except`; encoded once.
  void emitToRoom(QByteArrayView nsp, QByteArrayView room, const ServerEvent &event, SocketId except = 0);
  [[nodiscard]] qsizetype roomSize(QByteArrayView nsp, QByteArrayView room) const;

  [[nodiscard]] bool isConnected(SocketId socket) const;
  [[nodiscard]] quint64 user(SocketId socket) const;  // 0 when gone
  // What the socket's client has not read yet, in bytes.
  [[nodiscard]] qint64 bytesWaiting(SocketId socket) const;
  // DISCONNECT for this socket's namespace, then the whole session closes with the web socket close code.
  void disconnect(SocketId socket, quint16 closeCode);
  // All sessions, on shutdown. Their disconnected() comes at the end of the turn.
  void closeAll(quint16 closeCode);

  struct Counters {
    quint64 eventsIn = 0, eventsOut = 0, connects = 0, refused = 0, badAcks = 0, floods = 0;
    qsizetype sessions = 0, sockets = 0;
  };
  [[nodiscard]] Counters counters() const;

 private:
  std::unique_ptr<SocketIoCore> m_core;
};

}  // namespace gx::server::realtime
