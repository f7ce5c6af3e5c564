// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/task_scope.h"
#include "server/gateway/connected_devices.h"
#include "server/services/presence.h"
#include "server/services/typing.h"

namespace gx::server::gateway {

// presence.set, presence.watch and typing. Lives in the gateway's thread.
class PeopleEvents final {
 public:
  PeopleEvents(realtime::SocketIoServer &sockets, services::Presence &presence, services::Typing &typing,
               ConnectedDevices &devices);

  void setPresence(const realtime::IncomingEvent &event);
  void watchPresence(const realtime::IncomingEvent &event);
  void typing(const realtime::IncomingEvent &event);

  [[nodiscard]] QCoro::Task<> drained() { return m_running.drained(); }

 private:
  QCoro::Task<> watch(domain::Principal who, wire::PresenceWatch request, realtime::AckToken ack);
  QCoro::Task<> note(domain::Principal who, wire::TypingSet typing, realtime::AckToken ack);

  realtime::SocketIoServer &m_sockets;
  services::Presence &m_presence;
  services::Typing &m_typing;
  ConnectedDevices &m_devices;
  TaskScope m_running;
};

}  // namespace gx::server::gateway
