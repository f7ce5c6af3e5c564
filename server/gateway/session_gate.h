// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/task_scope.h"
#include "server/gateway/connected_devices.h"
#include "server/gateway/mail_push.h"
#include "server/services/mailbox.h"
#include "server/services/presence.h"
#include "server/services/tokens.h"

namespace gx::server::gateway {

// The life of a device's connection: CONNECT with a token, `ready`, renewed and expired tokens, revocation, end. Lives
// in the gateway's thread.
class SessionGate final {
 public:
  struct Services {
    Clock &clock;
    services::Tokens &tokens;
    services::Mailbox &mailbox;
    services::Presence &presence;
  };
  SessionGate(realtime::SocketIoServer &sockets, Services services, ConnectedDevices &devices, MailPush &mail);

  void authenticate(const realtime::ConnectRequest &request);
  void connected(realtime::SocketId socket);
  void disconnected(realtime::SocketId socket);
  // Event auth.renew.
  void renew(const realtime::IncomingEvent &event);
  // The device's tokens are gone.
  void revoke(DeviceId device);
  // Once in a while: warns before a token ends, closes after.
  void checkExpiry();

  [[nodiscard]] QCoro::Task<> drained() { return m_running.drained(); }
  [[nodiscard]] quint64 failures() const { return m_failures; }

 private:
  QCoro::Task<> check(realtime::SocketId socket, wire::ConnectAuth auth);
  void admit(realtime::SocketId socket, const Result<domain::Principal> &who, const wire::ConnectAuth &auth);
  void refuse(realtime::SocketId socket, const Error &error);
  QCoro::Task<> open(realtime::SocketId socket, domain::Principal who, wire::ConnectAuth auth);
  QCoro::Task<> checkRenewal(realtime::SocketId socket, QByteArray token, realtime::AckToken ack);
  [[nodiscard]] SteadyTime expiryOf(const domain::Principal &who) const;

  realtime::SocketIoServer &m_sockets;
  Services m_services;
  ConnectedDevices &m_devices;
  MailPush &m_mail;
  QHash<realtime::SocketId, wire::ConnectAuth> m_opening;  // accepted, not told yet that they are connected
  quint64 m_failures = 0;
  TaskScope m_running;
};

}  // namespace gx::server::gateway
