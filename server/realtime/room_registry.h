// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <unordered_map>
#include <vector>

namespace gx::server::realtime {

struct SocketIoSocket;

// Who is in which room of one namespace. A room is there as long as somebody is in it.
class RoomRegistry final {
 public:
  struct Room {
    QByteArray name;
    std::vector<SocketIoSocket *> members;
  };

  void join(SocketIoSocket &socket, QByteArrayView name);
  void leave(SocketIoSocket &socket, QByteArrayView name);
  void leaveAll(SocketIoSocket &socket);
  [[nodiscard]] const Room *find(QByteArrayView name) const;

 private:
  void removeMember(Room &room, const SocketIoSocket &socket);

  std::unordered_map<QByteArray, Room> m_rooms;
};

}  // namespace gx::server::realtime
