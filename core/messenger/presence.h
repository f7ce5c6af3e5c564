// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <map>

#include "core/base/task_scope.h"
#include "core/messenger/connection.h"
#include "core/wire/presence_dto.h"

namespace gx::messenger {

// Who is online, as far as the relay knows; unknown while we are not connected ourselves.
class Presence final : public QObject {
  Q_OBJECT
 public:
  explicit Presence(Connection &connection);

  // People whose presence is shown; replaces the list before.
  void watch(QList<UserId> users);
  void setOwn(wire::PresenceState state);
  [[nodiscard]] wire::PresenceInfo of(const UserId &user) const;
  [[nodiscard]] QCoro::Task<> shutdown();

 Q_SIGNALS:
  void changed(const gx::wire::PresenceInfo &presence);

 private:
  QCoro::Task<> tell();
  void take(const wire::PresenceInfo &info);
  void forgetAll();

  Connection &m_connection;
  QList<UserId> m_watched;
  wire::PresenceState m_own = wire::PresenceState::Online;
  std::map<UserId, wire::PresenceInfo> m_known;
  TaskScope m_scope;
};

}  // namespace gx::messenger
