// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/domain/event_bus.h"
#include "server/gateway/session_gate.h"

namespace gx::server::gateway {

// Passes what services announce on to the connections of the devices it is for. Lives in the gateway's thread.
class DeviceEvents final {
 public:
  DeviceEvents(realtime::SocketIoServer &sockets, ConnectedDevices &devices, MailPush &mail, SessionGate &gate);

  void announced(std::span<const DeviceId> devices, const domain::DeviceEvent &event);

 private:
  void take(std::span<const DeviceId> devices, const wire::MailItem &item);
  void take(std::span<const DeviceId> devices, const domain::SessionEnded &ended);
  void take(std::span<const DeviceId> devices, const domain::DeviceActivated &) { Q_UNUSED(devices) }
  template <typename Dto>
  void take(std::span<const DeviceId> devices, const Dto &dto);
  void emitToAll(std::span<const DeviceId> devices, const realtime::ServerEvent &event);

  realtime::SocketIoServer &m_sockets;
  ConnectedDevices &m_devices;
  MailPush &m_mail;
  SessionGate &m_gate;
};

}  // namespace gx::server::gateway
