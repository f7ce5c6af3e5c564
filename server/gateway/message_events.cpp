// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/message_events.h"

#include "server/gateway/event_answer.h"

namespace gx::server::gateway {

MessageEvents::MessageEvents(realtime::SocketIoServer &sockets, Services services, ConnectedDevices &devices,
                             MailPush &mail)
    : m_sockets(sockets), m_services(services), m_devices(devices), m_mail(mail) {}

void MessageEvents::send(const realtime::IncomingEvent &event) {
  const DeviceConnection *connection = m_devices.find(event.socket);
  if (connection == nullptr) return;
  auto request = wire::SendRequest::parse(firstArgument(event));
  if (!request) return m_sockets.ack(event.ack, errorAnswer(request.error()));
  const auto answer = [this, ack = event.ack,
                       begun = m_services.clock.steadyNow()](const services::SendOutcome &outcome) {
    m_sockets.ack(ack, outcome ? okAnswer(outcome->toJson()) : errorAnswer(outcome.error()));
    m_sendDurations.add(m_services.clock.steadyNow() - begun);
  };
  m_services.relay.send(connection->who, std::move(*request), answer);
}

void MessageEvents::acknowledge(const realtime::IncomingEvent &event) {
  const DeviceConnection *connection = m_devices.find(event.socket);
  if (connection == nullptr) return;
  auto ack = wire::MailAck::parse(firstArgument(event));
  if (!ack) return m_sockets.ack(event.ack, errorAnswer(ack.error()));
  if (ack->seq <= connection->mail.given()) {
    ack->messageId.reset();  // given on this connection: there is nothing to compare
  } else if (!ack->messageId) {
    const Error foreign{ErrorKind::Invalid, "seq: not given on this connection, name its message_id", "bad_request"};
    return m_sockets.ack(event.ack, errorAnswer(foreign));
  }
  const auto acknowledged = [this, token = event.ack](const Result<wire::MailAck> &done) {
    m_sockets.ack(token, done ? okAnswer(done->toJson()) : errorAnswer(done.error()));
    DeviceConnection *still = m_devices.find(token.socket);
    if (done && still != nullptr) m_mail.acknowledged(*still, done->seq);
  };
  m_services.mailbox.acknowledge(connection->who, *ack, acknowledged);
}

}  // namespace gx::server::gateway
