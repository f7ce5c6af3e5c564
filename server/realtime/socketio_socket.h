// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <memory>
#include <unordered_map>
#include <vector>

#include "server/realtime/pending_acks.h"
#include "server/realtime/room_registry.h"
#include "server/realtime/socketio_server.h"

namespace gx::server::realtime {

class SocketIoClient;

// One namespace: who may come in, who hears which event, and its rooms.
struct SocketIoNamespace {
  QByteArray name;
  SocketIoServer::Namespace functions;
  std::unordered_map<QByteArray, std::function<void(const IncomingEvent &)>> handlers;
  RoomRegistry rooms;
};

// One client in one namespace. Owned by the core.
struct SocketIoSocket {
  SocketIoSocket(SocketId socketId, SocketIoClient &owner, SocketIoNamespace &place)
      : id(socketId), client(owner), nsp(place) {}

  const SocketId id;
  SocketIoClient &client;
  SocketIoNamespace &nsp;
  quint64 user = 0;
  std::vector<RoomRegistry::Room *> rooms;
  std::unique_ptr<PendingAcks> acks;  // once the first is asked for
  bool isConnected = false;           // the authenticator said yes
};

}  // namespace gx::server::realtime
