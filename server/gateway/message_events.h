// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/gateway/mail_push.h"
#include "server/services/message_relay.h"

namespace gx::server::gateway {

// message.send and mail.ack: the hot path, no coroutine. Lives in the gateway's thread.
class MessageEvents final {
 public:
  MessageEvents(realtime::SocketIoServer &sockets, services::MessageRelay &relay, services::Mailbox &mailbox,
                ConnectedDevices &devices, MailPush &mail);

  void send(const realtime::IncomingEvent &event);
  void acknowledge(const realtime::IncomingEvent &event);

 private:
  realtime::SocketIoServer &m_sockets;
  services::MessageRelay &m_relay;
  services::Mailbox &m_mailbox;
  ConnectedDevices &m_devices;
  MailPush &m_mail;
};

// The event's only argument; empty when there is none, which no parse() takes.
[[nodiscard]] inline QByteArrayView firstArgument(const realtime::IncomingEvent &event) {
  const auto arguments = event.packet.arguments();
  return arguments.empty() ? QByteArrayView() : arguments.front();
}

}  // namespace gx::server::gateway
