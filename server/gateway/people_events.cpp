// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/people_events.h"

#include "server/gateway/event_answer.h"
#include "server/gateway/message_events.h"

namespace gx::server::gateway {

PeopleEvents::PeopleEvents(realtime::SocketIoServer &sockets, services::Presence &presence, services::Typing &typing,
                           ConnectedDevices &devices)
    : m_sockets(sockets), m_presence(presence), m_typing(typing), m_devices(devices) {}

void PeopleEvents::setPresence(const realtime::IncomingEvent &event) {
  const DeviceConnection *connection = m_devices.find(event.socket);
  if (connection == nullptr) return;
  if (!connection->isReady)
    return m_sockets.ack(event.ack, errorAnswer(Error{ErrorKind::Unavailable, "wait for ready"}));
  const auto wanted = wire::PresenceSet::parse(firstArgument(event));
  if (!wanted) return m_sockets.ack(event.ack, errorAnswer(wanted.error()));
  if (wanted->state != wire::PresenceState::Online && wanted->state != wire::PresenceState::Away) {
    const Error refusal{ErrorKind::Invalid, "state: online or away", "bad_request"};
    return m_sockets.ack(event.ack, errorAnswer(refusal));
  }
  m_presence.set(connection->who, wanted->state);
  m_sockets.ack(event.ack, okAnswer("{}"));
}

void PeopleEvents::watchPresence(const realtime::IncomingEvent &event) {
  const DeviceConnection *connection = m_devices.find(event.socket);
  if (connection == nullptr) return;
  auto request = wire::PresenceWatch::parse(firstArgument(event));
  if (!request) return m_sockets.ack(event.ack, errorAnswer(request.error()));
  m_running.spawn(watch(connection->who, std::move(*request), event.ack));
}

QCoro::Task<> PeopleEvents::watch(domain::Principal who, wire::PresenceWatch request, realtime::AckToken ack) {
  Async<wire::PresenceList> watching = m_presence.watch(who, std::move(request));
  const Result<wire::PresenceList> list = co_await watching;
  m_sockets.ack(ack, list ? okAnswer(list->toJson()) : errorAnswer(list.error()));
}

void PeopleEvents::typing(const realtime::IncomingEvent &event) {
  const DeviceConnection *connection = m_devices.find(event.socket);
  if (connection == nullptr) return;
  auto typing = wire::TypingSet::parse(firstArgument(event));
  if (!typing) return m_sockets.ack(event.ack, errorAnswer(typing.error()));
  m_running.spawn(note(connection->who, *typing, event.ack));
}

QCoro::Task<> PeopleEvents::note(domain::Principal who, wire::TypingSet typing, realtime::AckToken ack) {
  Async<> noting = m_typing.note(who, typing);
  const Result<> noted = co_await noting;
  m_sockets.ack(ack, noted ? okAnswer("{}") : errorAnswer(noted.error()));
}

}  // namespace gx::server::gateway
