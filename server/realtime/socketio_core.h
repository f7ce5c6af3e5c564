// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "core/wire/socketio_encoder.h"
#include "server/net/http_server.h"
#include "server/realtime/engineio_server.h"
#include "server/realtime/slot_table.h"
#include "server/realtime/socketio_client.h"
#include "server/realtime/socketio_server.h"
#include "server/realtime/socketio_socket.h"

namespace gx::server::realtime {

// What SocketIoServer is made of: namespaces, sockets by id, the clients of the Engine.IO sessions, and how an event
// becomes frames.
class SocketIoCore final : private EngineIoListener {
 public:
  SocketIoCore(net::HttpServer &http, Random &random, SocketIoOptions options);
  ~SocketIoCore();
  SocketIoCore(const SocketIoCore &) = delete;
  SocketIoCore &operator=(const SocketIoCore &) = delete;

  [[nodiscard]] const SocketIoOptions &options() const { return m_options; }
  [[nodiscard]] net::EventLoop &loop() { return m_http.loop(); }
  [[nodiscard]] EngineIoServer &engine() { return m_engine; }

  SocketIoNamespace &addNamespace(QByteArray name);
  [[nodiscard]] SocketIoNamespace *findNamespace(QByteArrayView name);
  // Null when gone or about to go.
  [[nodiscard]] SocketIoSocket *find(SocketId id) const;
  [[nodiscard]] SocketIoSocket *findConnected(SocketId id) const;

  void accept(SocketIoSocket &socket, quint64 user);
  void refuse(SocketIoSocket &socket, QByteArrayView message, QByteArrayView dataJson);
  void emitTo(SocketIoSocket &socket, const ServerEvent &event, std::optional<quint32> ackId = {});
  void emitTo(SocketIoSocket &socket, const PreparedEvent &event);
  void ack(SocketIoSocket &socket, quint32 id, QByteArrayView argumentList, std::span<const QByteArray> attachments);
  void disconnect(SocketIoSocket &socket, quint16 closeCode);

  // Of SocketIoClient.
  [[nodiscard]] SocketIoSocket &add(SocketIoClient &client, SocketIoNamespace &nsp);
  void authenticate(SocketIoSocket &socket, QByteArrayView payload);
  // The client left the namespace.
  void remove(SocketIoSocket &socket);
  void countEventIn() { ++m_counters.eventsIn; }
  void countBadAck() { ++m_counters.badAcks; }
  void countFlood() { ++m_counters.floods; }
  [[nodiscard]] SocketIoServer::Counters counters() const;

 private:
  void sessionOpened(EngineIoSession &session) override;
  void messageReceived(EngineIoSession &session, QByteArrayView message, bool isBinary) override;
  void sessionClosed(EngineIoSession &session) override;
  void sendAttachments(SocketIoSocket &socket, std::span<const QByteArray> attachments);

  net::HttpServer &m_http;
  Random &m_random;
  const SocketIoOptions m_options;
  std::map<QByteArray, SocketIoNamespace> m_namespaces;
  SlotTable<SocketIoSocket> m_sockets;
  QByteArray m_scratch;  // the frame that is being made
  SocketIoServer::Counters m_counters;
  EngineIoServer m_engine;
};

}  // namespace gx::server::realtime
