// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/rosters.h"

namespace gx::server::services {

Rosters::Rosters(domain::ConversationRepository &conversations, qsizetype limit)
    : m_conversations(conversations), m_limit(limit) {}

Rosters::Ref Rosters::cached(const ConversationId &id) const {
  return m_byId.value(id);
}

Async<Rosters::Ref> Rosters::load(ConversationId id) {
  if (const Ref known = cached(id)) co_return known;
  const quint64 round = m_round;
  Result<domain::Roster> roster = co_await m_conversations.roster(id);
  if (!roster) co_return fail(roster.error());
  const Ref loaded = std::make_shared<const domain::Roster>(std::move(*roster));
  if (round == m_round) put(loaded);
  co_return loaded;
}

void Rosters::put(const Ref &roster) {
  if (m_byId.size() >= m_limit) {
    m_byId.clear();
    m_byUser.clear();
  }
  m_byId.insert(roster->conversation, roster);
  for (const auto &member : roster->members) m_byUser[member.user].insert(roster->conversation);
}

void Rosters::forgetUser(const UserId &user) {
  ++m_round;
  const QSet<ConversationId> conversations = m_byUser.take(user);
  for (const ConversationId &id : conversations) forget(id);
}

void Rosters::forget(const ConversationId &id) {
  ++m_round;
  const Ref roster = m_byId.take(id);
  if (!roster) return;
  for (const auto &member : roster->members) {
    const auto of = m_byUser.find(member.user);
    if (of == m_byUser.end()) continue;
    of->remove(id);
    if (of->isEmpty()) m_byUser.erase(of);
  }
}

}  // namespace gx::server::services
