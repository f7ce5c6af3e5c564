// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/gateway.h"

#include "core/wire/event_names.h"

namespace gx::server::gateway {

namespace {

constexpr char kNamespace[] = "/";
constexpr std::chrono::seconds kTick{2};

}  // namespace

Gateway::Gateway(realtime::SocketIoServer &sockets, GatewayServices services)
    : m_sockets(sockets),
      m_clock(services.clock),
      m_mail(sockets, services.mailbox, m_devices),
      m_gate(sockets, {services.clock, services.tokens, services.mailbox, services.presence}, m_devices, m_mail),
      m_deviceEvents(sockets, m_devices, m_mail, m_gate),
      m_messages(sockets, {services.clock, services.relay, services.mailbox}, m_devices, m_mail),
      m_people(sockets, services.presence, services.typing, m_devices) {
  addNamespace();
  addEvents();
  services.events.listen(this, [this](std::span<const DeviceId> devices, const domain::DeviceEvent &event) {
    m_deviceEvents.announced(devices, event);
  });
  tick();
}

void Gateway::addNamespace() {
  realtime::SocketIoServer::Namespace functions;
  functions.authenticate = [this](const realtime::ConnectRequest &request) { m_gate.authenticate(request); };
  functions.connected = [this](realtime::SocketId socket, quint64) { m_gate.connected(socket); };
  functions.disconnected = [this](realtime::SocketId socket, quint64) { m_gate.disconnected(socket); };
  m_sockets.addNamespace(kNamespace, std::move(functions));
}

void Gateway::addEvents() {
  using Event = realtime::IncomingEvent;
  m_sockets.on(kNamespace, wire::events::kMessageSend, [this](const Event &event) { m_messages.send(event); });
  m_sockets.on(kNamespace, wire::events::kMailAck, [this](const Event &event) { m_messages.acknowledge(event); });
  m_sockets.on(kNamespace, wire::events::kTyping, [this](const Event &event) { m_people.typing(event); });
  m_sockets.on(kNamespace, wire::events::kPresenceSet, [this](const Event &event) { m_people.setPresence(event); });
  m_sockets.on(kNamespace, wire::events::kPresenceWatch, [this](const Event &event) { m_people.watchPresence(event); });
  m_sockets.on(kNamespace, wire::events::kAuthRenew, [this](const Event &event) { m_gate.renew(event); });
}

void Gateway::tick() {
  m_gate.checkExpiry();
  for (const realtime::SocketId socket : m_devices.sockets())
    if (DeviceConnection *connection = m_devices.find(socket)) m_mail.fill(*connection);
  m_clock.callAfter(kTick, this, [this] { tick(); });
}

void Gateway::announceClosing(std::chrono::milliseconds retryAfter) {
  wire::Closing closing;
  closing.retryAfterMs = retryAfter.count();
  const QByteArray json = closing.toJson();
  const realtime::PreparedEvent event(kNamespace, {.name = wire::events::kClosing, .argumentList = json});
  for (const realtime::SocketId socket : m_devices.sockets()) m_sockets.emitTo(socket, event);
}

QCoro::Task<> Gateway::drained() {
  co_await m_people.drained();
  co_await m_gate.drained();
  co_await m_mail.drained();
}

Gateway::Figures Gateway::figures() const {
  return {m_devices.count(), m_gate.failures(), m_mail.counters()};
}

}  // namespace gx::server::gateway
