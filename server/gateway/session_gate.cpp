// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/session_gate.h"

#include "core/base/logging.h"
#include "core/wire/event_names.h"
#include "server/gateway/event_answer.h"
#include "server/net/websocket_listener.h"

namespace gx::server::gateway {

namespace {

constexpr std::chrono::seconds kExpiryWarning{60};
constexpr quint16 kTryAgainLater = 1013;

}  // namespace

SessionGate::SessionGate(realtime::SocketIoServer &sockets, Services services, ConnectedDevices &devices,
                         MailPush &mail)
    : m_sockets(sockets), m_services(services), m_devices(devices), m_mail(mail) {}

void SessionGate::authenticate(const realtime::ConnectRequest &request) {
  auto auth = wire::ConnectAuth::parse(request.payload);
  if (!auth) return refuse(request.socket, {ErrorKind::Unauthorized, "CONNECT needs an access token", "unauthorized"});
  if (const auto known = m_services.tokens.known(auth->token)) return admit(request.socket, *known, *auth);
  m_running.spawn(check(request.socket, std::move(*auth)));
}

QCoro::Task<> SessionGate::check(realtime::SocketId socket, wire::ConnectAuth auth) {
  Async<domain::Principal> checking = m_services.tokens.check(auth.token);
  const Result<domain::Principal> who = co_await checking;
  admit(socket, who, auth);
}

void SessionGate::admit(realtime::SocketId socket, const Result<domain::Principal> &who,
                        const wire::ConnectAuth &auth) {
  if (!who) return refuse(socket, who.error());
  if (!who->isActive())
    return refuse(socket, {ErrorKind::Forbidden, "the device is not approved yet", "device_pending"});
  m_opening.insert(socket, auth);
  const realtime::SocketId older = m_devices.add({.socket = socket, .who = *who, .expiresAt = expiryOf(*who)});
  if (!m_sockets.accept(socket, who->device.value)) {
    m_opening.remove(socket);
    m_devices.remove(socket);
  }
  if (older != 0) m_sockets.disconnect(older, wire::kCloseReplaced);
}

void SessionGate::refuse(realtime::SocketId socket, const Error &error) {
  ++m_failures;
  const wire::Problem problem = eventProblem(error);
  m_sockets.refuse(socket, problem.code, problem.toJson());
}

void SessionGate::connected(realtime::SocketId socket) {
  const DeviceConnection *connection = m_devices.find(socket);
  if (connection == nullptr) return;
  m_running.spawn(open(socket, connection->who, m_opening.take(socket)));
}

QCoro::Task<> SessionGate::open(realtime::SocketId socket, domain::Principal who, wire::ConnectAuth auth) {
  Async<wire::Ready> opening = m_services.mailbox.open(who, auth);
  const Result<wire::Ready> ready = co_await opening;
  DeviceConnection *connection = m_devices.find(socket);
  if (connection == nullptr) co_return;
  if (!ready) {
    qCWarning(lcServerGateway, "a mailbox could not be opened: %s", describe(ready.error()).constData());
    m_sockets.disconnect(socket, kTryAgainLater);
    co_return;
  }
  m_sockets.emitTo(socket, {.name = wire::events::kReady, .argumentList = ready->toJson()});
  connection->isReady = true;
  m_services.presence.connected(who);
  m_mail.start(*connection, ready->acked, ready->head);
}

void SessionGate::disconnected(realtime::SocketId socket) {
  m_opening.remove(socket);
  const auto connection = m_devices.remove(socket);
  if (connection && connection->isReady) m_services.presence.disconnected(connection->who);
}

void SessionGate::renew(const realtime::IncomingEvent &event) {
  const auto arguments = event.packet.arguments();
  const auto renewal = wire::AuthRenew::parse(arguments.empty() ? QByteArrayView() : arguments.front());
  if (!renewal) return m_sockets.ack(event.ack, errorAnswer(renewal.error()));
  m_running.spawn(checkRenewal(event.socket, renewal->token, event.ack));
}

QCoro::Task<> SessionGate::checkRenewal(realtime::SocketId socket, QByteArray token, realtime::AckToken ack) {
  Async<domain::Principal> checking = m_services.tokens.check(std::move(token));
  const Result<domain::Principal> who = co_await checking;
  DeviceConnection *connection = m_devices.find(socket);
  if (connection == nullptr) co_return;
  if (!who || who->device != connection->who.device) {
    ++m_failures;
    const Error foreign{ErrorKind::Unauthorized, "not a token of this device", "unauthorized"};
    m_sockets.ack(ack, errorAnswer(who ? foreign : who.error()));
    co_return;
  }
  connection->who = *who;
  connection->expiresAt = expiryOf(*who);
  connection->wasWarned = false;
  wire::AuthRenewed renewed;
  renewed.expiresIn = std::chrono::floor<std::chrono::seconds>(who->expiresAt - m_services.clock.wallNow()).count();
  m_sockets.ack(ack, okAnswer(renewed.toJson()));
}

void SessionGate::revoke(DeviceId device) {
  if (const DeviceConnection *connection = m_devices.find(device))
    m_sockets.disconnect(connection->socket, wire::kCloseUnauthorized);
}

void SessionGate::checkExpiry() {
  const SteadyTime now = m_services.clock.steadyNow();
  for (const realtime::SocketId socket : m_devices.sockets()) {
    DeviceConnection *connection = m_devices.find(socket);
    if (connection == nullptr || connection->expiresAt - now > kExpiryWarning) continue;
    if (connection->expiresAt <= now) {
      m_sockets.disconnect(socket, wire::kCloseUnauthorized);
    } else if (!connection->wasWarned && connection->isReady) {
      connection->wasWarned = true;
      wire::AuthExpiring expiring;
      expiring.seconds = std::chrono::ceil<std::chrono::seconds>(connection->expiresAt - now).count();
      m_sockets.emitTo(socket, {.name = wire::events::kAuthExpiring, .argumentList = expiring.toJson()});
    }
  }
}

SteadyTime SessionGate::expiryOf(const domain::Principal &who) const {
  return m_services.clock.steadyNow() + (who.expiresAt - m_services.clock.wallNow());
}

}  // namespace gx::server::gateway
