// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/room_registry.h"

#include <algorithm>

#include "server/realtime/socketio_socket.h"

namespace gx::server::realtime {

void RoomRegistry::join(SocketIoSocket &socket, QByteArrayView name) {
  Room &room = m_rooms[name.toByteArray()];
  if (room.name.isNull()) room.name = name.toByteArray();
  if (std::find(socket.rooms.begin(), socket.rooms.end(), &room) != socket.rooms.end()) return;
  room.members.push_back(&socket);
  socket.rooms.push_back(&room);
}

void RoomRegistry::leave(SocketIoSocket &socket, QByteArrayView name) {
  const auto found =
      std::find_if(socket.rooms.begin(), socket.rooms.end(), [name](const Room *room) { return room->name == name; });
  if (found == socket.rooms.end()) return;
  Room &room = **found;
  socket.rooms.erase(found);
  removeMember(room, socket);
}

void RoomRegistry::leaveAll(SocketIoSocket &socket) {
  for (Room *room : socket.rooms) removeMember(*room, socket);
  socket.rooms.clear();
}

void RoomRegistry::removeMember(Room &room, const SocketIoSocket &socket) {
  const auto member = std::find(room.members.begin(), room.members.end(), &socket);
  *member = room.members.back();
  room.members.pop_back();
  if (!room.members.empty()) return;
  const QByteArray name = room.name;
  m_rooms.erase(name);
}

const RoomRegistry::Room *RoomRegistry::find(QByteArrayView name) const {
  const auto found = m_rooms.find(QByteArray::fromRawData(name.data(), name.size()));
  return found == m_rooms.end() ? nullptr : &found->second;
}

}  // namespace gx::server::realtime
