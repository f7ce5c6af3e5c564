// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <map>
#include <set>

#include "core/messenger/connection.h"
#include "core/model/device_address.h"

namespace gx::messenger {

// Who types where. Out at most every 3 s, in forgotten after 6 s; never stored.
class Typing final : public QObject {
  Q_OBJECT
 public:
  Typing(Connection &connection, Clock &clock);

  // The person at this device types, or stopped.
  void setOwn(ConversationId conversation, bool isActive);
  [[nodiscard]] std::set<UserId> typists(ConversationId conversation) const;

 Q_SIGNALS:
  void changed(const gx::ConversationId &conversation, const gx::UserId &user, bool isTyping);

 private:
  struct Key {
    ConversationId conversation;
    model::DeviceAddress device;
    auto operator<=>(const Key &) const = default;
  };
  void take(const QByteArray &name, const QByteArray &argument);
  void forget(const Key &key, quint64 round);

  Connection &m_connection;
  Clock &m_clock;
  std::map<ConversationId, SteadyTime> m_lastTold;
  std::map<Key, quint64> m_typists;  // with the round of the last note
  quint64 m_round = 0;
};

}  // namespace gx::messenger
