// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/conversation_store.h"

namespace gx::store {

namespace {

model::Conversation readConversation(const Statement &row) {
  model::Conversation conversation;
  conversation.id = row.id<ConversationId>(0);
  conversation.kind = static_cast<model::ConversationKind>(row.integer(1));
  conversation.title = row.text(2);
  conversation.unread = row.integer(3);
  conversation.isPinned = row.flag(4);
  conversation.mutedUntil = row.optionalTime(5);
  conversation.lastActivity = row.time(6);
  return conversation;
}

}  // namespace

Result<std::optional<model::Conversation>> ConversationStore::conversation(ConversationId id) {
  return m_database
      .statement(
          "SELECT id, kind, title, unread, is_pinned, muted_until, last_activity FROM conversation WHERE id = :id")
      .bind(":id", id)
      .first(readConversation);
}

Result<std::vector<model::Conversation>> ConversationStore::all() {
  return m_database
      .statement(
          "SELECT id, kind, title, unread, is_pinned, muted_until, last_activity FROM conversation "
          "ORDER BY is_pinned DESC, last_activity DESC, id")
      .all(readConversation);
}

Result<std::vector<ParticipantRow>> ConversationStore::participants(ConversationId id) {
  return m_database.statement("SELECT user, role FROM participant WHERE conversation = :id ORDER BY user")
      .bind(":id", id)
      .all([](const Statement &row) { return ParticipantRow{row.id<UserId>(0), row.text(1)}; });
}

Result<bool> ConversationStore::isParticipant(ConversationId id, UserId user) {
  return m_database.statement("SELECT count(*) FROM participant WHERE conversation = :id AND user = :user")
      .bind(":id", id)
      .bind(":user", user)
      .value()
      .map([](qint64 count) { return count > 0; });
}

Result<bool> ConversationStore::hasFacts(ConversationId id) {
  return m_database.statement("SELECT has_facts FROM conversation WHERE id = :id")
      .bind(":id", id)
      .value()
      .map([](qint64 flag) { return flag != 0; });
}

Result<std::optional<ConversationId>> ConversationStore::directWith(UserId user) {
  return m_database
      .statement(
          "SELECT c.id FROM participant p JOIN conversation c ON c.id = p.conversation "
          "WHERE p.user = :user AND c.kind = 0 AND c.has_facts = 1 ORDER BY c.created_at LIMIT 1")
      .bind(":user", user)
      .first([](const Statement &row) { return row.id<ConversationId>(0); });
}

Result<> ConversationStore::ensure(ConversationId id, WallTime now) {
  return m_database
      .statement("INSERT OR IGNORE INTO conversation(id, kind, created_at, has_facts) VALUES (:id, 0, :now, 0)")
      .bind(":id", id)
      .bind(":now", now)
      .run();
}

Result<> ConversationStore::setFacts(const model::Conversation &facts, WallTime createdAt,
                                     const std::vector<ParticipantRow> &participants) {
  if (const auto made = ensure(facts.id, createdAt); !made) return made;
  const auto set =
      m_database
          .statement(
              "UPDATE conversation SET kind = :kind, title = :title, created_at = :created_at, has_facts = 1, "
              "last_activity = max(last_activity, :created_at) WHERE id = :id")
          .bind(":kind", static_cast<int>(facts.kind))
          .bind(":title", facts.title)
          .bind(":created_at", createdAt)
          .bind(":id", facts.id)
          .run();
  if (!set) return set;
  const auto removed =
      m_database.statement("DELETE FROM participant WHERE conversation = :id").bind(":id", facts.id).run();
  if (!removed) return removed;
  for (const auto &participant : participants) {
    const auto put =
        m_database.statement("INSERT OR IGNORE INTO participant(conversation, user, role) VALUES (:id, :user, :role)")
            .bind(":id", facts.id)
            .bind(":user", participant.user)
            .bind(":role", participant.role)
            .run();
    if (!put) return put;
  }
  return {};
}

Result<> ConversationStore::touch(ConversationId id, WallTime activity) {
  return m_database.statement("UPDATE conversation SET last_activity = :when WHERE id = :id AND last_activity < :when")
      .bind(":when", activity)
      .bind(":id", id)
      .run();
}

Result<> ConversationStore::setUnread(ConversationId id, int unread) {
  return m_database.statement("UPDATE conversation SET unread = :unread WHERE id = :id")
      .bind(":unread", unread)
      .bind(":id", id)
      .run();
}

}  // namespace gx::store
