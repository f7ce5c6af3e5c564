// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <vector>

#include "core/wire/presence_dto.h"
#include "server/domain/ports.h"

namespace gx::server::services {

// Who is online: a table of this node's connections, the directory for the rest, and who watches whom.
class Presence final : public QObject {
  Q_OBJECT
 public:
  explicit Presence(const domain::Ports &ports);

  // The gateway tells of every connection that got `ready`, and of its end.
  void connected(const domain::Principal &who);
  void disconnected(const domain::Principal &who);
  // presence.set, for the device; a person is online when one device is, away when all connected ones are.
  void set(const domain::Principal &who, wire::PresenceState state);
  // presence.watch: replaces the device's list; strangers stay "unknown". bad_request for "offline" and above 256
  // people.
  [[nodiscard]] Async<wire::PresenceList> watch(domain::Principal who, wire::PresenceWatch request);

 private:
  struct Connected {
    DeviceId device;
    int connections = 0;
    wire::PresenceState state = wire::PresenceState::Online;
  };
  using Devices =
      std::vector<Connected>;  // of one account: few, and a hash for each account would be ten times as large
  [[nodiscard]] Connected *find(const domain::Principal &who);  // null when not connected
  [[nodiscard]] wire::PresenceState stateOf(const UserId &user) const;
  void update(const UserId &user);
  void watchAll(const domain::Principal &who, const std::vector<UserId> &users);
  void unwatch(DeviceId device);

  domain::Ports m_ports;
  QHash<UserId, Devices> m_connected;
  QHash<UserId, wire::PresenceInfo> m_last;  // of people connected here
  QHash<UserId, QSet<DeviceId>> m_watchers;
  QHash<DeviceId, QList<UserId>> m_watched;
};

}  // namespace gx::server::services
