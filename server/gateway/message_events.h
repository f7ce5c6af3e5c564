// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/duration_histogram.h"
#include "server/gateway/mail_push.h"
#include "server/services/message_relay.h"

namespace gx::server::gateway {

// message.send and mail.ack: the hot path, no coroutine. Lives in the gateway's thread.
class MessageEvents final {
 public:
  struct Services {
    Clock &clock;
    services::MessageRelay &relay;
    services::Mailbox &mailbox;
  };
  MessageEvents(realtime::SocketIoServer &sockets, Services services, ConnectedDevices &devices, MailPush &mail);

  void send(const realtime::IncomingEvent &event);
  void acknowledge(const realtime::IncomingEvent &event);
  [[nodiscard]] const DurationHistogram &sendDurations() const { return m_sendDurations; }

 private:
  realtime::SocketIoServer &m_sockets;
  Services m_services;
  ConnectedDevices &m_devices;
  MailPush &m_mail;
  DurationHistogram m_sendDurations;
};

// The event's only argument; empty when there is none, which no parse() takes.
[[nodiscard]] inline QByteArrayView firstArgument(const realtime::IncomingEvent &event) {
  const auto arguments = event.packet.arguments();
  return arguments.empty() ? QByteArrayView() : arguments.front();
}

}  // namespace gx::server::gateway
