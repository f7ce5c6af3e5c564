// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/task_scope.h"
#include "core/wire/message_dto.h"
#include "server/gateway/connected_devices.h"
#include "server/services/mailbox.h"

namespace gx::server::gateway {

// Gives connected devices their mail: what is announced goes out at once while the connection is up to date, everything
// else comes from the mailbox in pages, never more than the window allows. Lives in the gateway's thread.
class MailPush final {
 public:
  MailPush(realtime::SocketIoServer &sockets, services::Mailbox &mailbox, ConnectedDevices &devices);

  // `ready` was sent: hand over what waits after `acked`.
  void start(DeviceConnection &connection, qint64 acked, qint64 head);
  // The hot path.
  void announced(DeviceConnection &connection, const wire::MailItem &item);
  void acknowledged(DeviceConnection &connection, qint64 seq);
  // Gives more where there is more and room for it; harmless otherwise.
  void fill(DeviceConnection &connection);

  [[nodiscard]] QCoro::Task<> drained() { return m_running.drained(); }
  struct Counters {
    quint64 live = 0;    // letters given as they were announced
    quint64 loaded = 0;  // letters given from the mailbox
  };
  [[nodiscard]] const Counters &counters() const { return m_counters; }

 private:
  QCoro::Task<> load(realtime::SocketId socket);
  void give(DeviceConnection &connection, const wire::MailPage &page);

  realtime::SocketIoServer &m_sockets;
  services::Mailbox &m_mailbox;
  ConnectedDevices &m_devices;
  Counters m_counters;
  TaskScope m_running;
};

}  // namespace gx::server::gateway
