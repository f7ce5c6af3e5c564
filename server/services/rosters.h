// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>
#include <QSet>
#include <memory>

#include "server/domain/ports.h"

namespace gx::server::services {

// Rosters of conversations in memory, so that the hot path asks no store. Whoever changes an account's active devices
// or their registration calls forgetUser(). Bounded.
class Rosters final {
 public:
  explicit Rosters(domain::ConversationRepository &conversations, qsizetype limit = 100'000);

  // shared_ptr: a message on its way keeps the roster it was checked against.
  using Ref = std::shared_ptr<const domain::Roster>;
  // Null when it must be loaded.
  [[nodiscard]] Ref cached(const ConversationId &id) const;
  [[nodiscard]] Async<Ref> load(ConversationId id);  // NotFound; from memory where possible
  void forgetUser(const UserId &user);
  void forget(const ConversationId &id);

 private:
  void put(const Ref &roster);

  domain::ConversationRepository &m_conversations;
  qsizetype m_limit;
  quint64 m_round = 0;  // grows with each forgetting: what was asked for before must not be kept
  QHash<ConversationId, Ref> m_byId;
  QHash<UserId, QSet<ConversationId>> m_byUser;
};

}  // namespace gx::server::services
