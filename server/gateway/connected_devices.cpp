// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/connected_devices.h"

namespace gx::server::gateway {

realtime::SocketId ConnectedDevices::add(DeviceConnection connection) {
  const realtime::SocketId older = m_byDevice.value(connection.who.device, 0);
  m_byDevice.insert(connection.who.device, connection.socket);
  m_bySocket.insert_or_assign(connection.socket, connection);
  return older;
}

std::optional<DeviceConnection> ConnectedDevices::remove(realtime::SocketId socket) {
  const auto found = m_bySocket.find(socket);
  if (found == m_bySocket.end()) return std::nullopt;
  const DeviceConnection connection = found->second;
  m_bySocket.erase(found);
  if (m_byDevice.value(connection.who.device, 0) == socket) m_byDevice.remove(connection.who.device);
  return connection;
}

DeviceConnection *ConnectedDevices::find(realtime::SocketId socket) {
  const auto found = m_bySocket.find(socket);
  return found == m_bySocket.end() ? nullptr : &found->second;
}

DeviceConnection *ConnectedDevices::find(DeviceId device) {
  const auto found = m_byDevice.constFind(device);
  return found == m_byDevice.cend() ? nullptr : find(*found);
}

std::vector<realtime::SocketId> ConnectedDevices::sockets() const {
  std::vector<realtime::SocketId> sockets;
  sockets.reserve(m_bySocket.size());
  for (const auto &[socket, connection] : m_bySocket) sockets.push_back(socket);
  return sockets;
}

}  // namespace gx::server::gateway
