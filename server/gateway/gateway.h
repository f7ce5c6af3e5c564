// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>

#include "server/gateway/device_events.h"
#include "server/gateway/message_events.h"
#include "server/gateway/people_events.h"

namespace gx::server::gateway {

// The services realtime speaks to; all outlive the gateway.
struct GatewayServices {
  Clock &clock;
  domain::EventBus &events;
  services::Tokens &tokens;
  services::Mailbox &mailbox;
  services::MessageRelay &relay;
  services::Presence &presence;
  services::Typing &typing;
};

// Realtime meets services: the namespace "/" of PROTOCOL.md section 6. Lives in its worker's thread.
class Gateway final : public QObject {
  Q_OBJECT
 public:
  // Adds the namespace and its events to `sockets`, which outlives the gateway.
  Gateway(realtime::SocketIoServer &sockets, GatewayServices services);

  // Tells every client that the relay restarts, and when to come back.
  void announceClosing(std::chrono::milliseconds retryAfter);
  // Ends when no task of a connection runs any more.
  [[nodiscard]] QCoro::Task<> drained();

  struct Figures {
    qsizetype devices = 0;
    quint64 authFailures = 0;
    MailPush::Counters mail{};
  };
  [[nodiscard]] Figures figures() const;
  [[nodiscard]] const DurationHistogram &sendDurations() const { return m_messages.sendDurations(); }

 private:
  void addNamespace();
  void addEvents();
  void tick();

  realtime::SocketIoServer &m_sockets;
  Clock &m_clock;
  ConnectedDevices m_devices;
  MailPush m_mail;
  SessionGate m_gate;
  DeviceEvents m_deviceEvents;
  MessageEvents m_messages;
  PeopleEvents m_people;
};

}  // namespace gx::server::gateway
