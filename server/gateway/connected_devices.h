// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/wire/session_dto.h"
#include "server/domain/principal.h"
#include "server/gateway/mail_window.h"
#include "server/realtime/socketio_server.h"

namespace gx::server::gateway {

// One device that is connected to this node.
struct DeviceConnection {
  realtime::SocketId socket = 0;
  domain::Principal who;
  SteadyTime expiresAt{};  // of the access token
  MailWindow mail{};       // valid once ready
  bool isReady = false;    // `ready` was sent
  bool isLoading = false;  // a page of mail is on its way from the mailbox
  bool wasWarned = false;  // auth.expiring was sent for this token
};

// Which device is on this node, by socket and by device: one connection each, the newest. Lives in the gateway's
// thread.
class ConnectedDevices final {
 public:
  // Takes the place of an older connection of the same device; returns that one's socket, 0 if there was none.
  [[nodiscard]] realtime::SocketId add(DeviceConnection connection);
  // The connection that went, if it was still there.
  std::optional<DeviceConnection> remove(realtime::SocketId socket);

  // Null when gone. Pointers are good until the next add() or remove().
  [[nodiscard]] DeviceConnection *find(realtime::SocketId socket);
  [[nodiscard]] DeviceConnection *find(DeviceId device);
  [[nodiscard]] qsizetype count() const { return static_cast<qsizetype>(m_bySocket.size()); }
  // A copy to walk over, because what one does to a connection may remove it.
  [[nodiscard]] std::vector<realtime::SocketId> sockets() const;

 private:
  std::unordered_map<realtime::SocketId, DeviceConnection> m_bySocket;
  QHash<DeviceId, realtime::SocketId> m_byDevice;
};

}  // namespace gx::server::gateway
