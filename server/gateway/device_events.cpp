// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/device_events.h"

#include "core/wire/event_names.h"

namespace gx::server::gateway {

namespace {

const char *eventName(const wire::KeysLow &) {
  return wire::events::kKeysLow;
}
const char *eventName(const wire::ManifestChanged &) {
  return wire::events::kManifestChanged;
}
const char *eventName(const wire::DeviceLinkEvent &) {
  return wire::events::kDeviceLink;
}
const char *eventName(const wire::TypingNotice &) {
  return wire::events::kTyping;
}
const char *eventName(const wire::PresenceInfo &) {
  return wire::events::kPresence;
}

// What is old news soon is not kept for a client that is behind with reading.
template <typename Dto>
constexpr bool kIsVolatile = std::is_same_v<Dto, wire::TypingNotice>;

}  // namespace

DeviceEvents::DeviceEvents(realtime::SocketIoServer &sockets, ConnectedDevices &devices, MailPush &mail,
                           SessionGate &gate)
    : m_sockets(sockets), m_devices(devices), m_mail(mail), m_gate(gate) {}

void DeviceEvents::announced(std::span<const DeviceId> devices, const domain::DeviceEvent &event) {
  std::visit([&](const auto &said) { take(devices, said); }, event);
}

void DeviceEvents::take(std::span<const DeviceId> devices, const wire::MailItem &item) {
  for (const DeviceId device : devices)
    if (DeviceConnection *connection = m_devices.find(device)) m_mail.announced(*connection, item);
}

void DeviceEvents::take(std::span<const DeviceId> devices, const domain::SessionEnded &) {
  for (const DeviceId device : devices) m_gate.revoke(device);
}

template <typename Dto>
void DeviceEvents::take(std::span<const DeviceId> devices, const Dto &dto) {
  const bool isAnyHere =
      std::ranges::any_of(devices, [&](DeviceId device) { return m_devices.find(device) != nullptr; });
  if (!isAnyHere) return;
  const QByteArray json = dto.toJson();
  emitToAll(devices, {.name = eventName(dto), .argumentList = json, .isVolatile = kIsVolatile<Dto>});
}

void DeviceEvents::emitToAll(std::span<const DeviceId> devices, const realtime::ServerEvent &event) {
  const realtime::PreparedEvent prepared("/", event);
  for (const DeviceId device : devices)
    if (const DeviceConnection *connection = m_devices.find(device); connection != nullptr && connection->isReady)
      m_sockets.emitTo(connection->socket, prepared);
}

}  // namespace gx::server::gateway
