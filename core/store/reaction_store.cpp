// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/reaction_store.h"

namespace gx::store {

Result<> ReactionStore::put(qint64 message, UserId user, const QString &emoji) {
  return m_database
      .statement(
          "INSERT OR IGNORE INTO reaction(message, user, emoji) SELECT :message, :user, :emoji WHERE "
          "(SELECT count(*) FROM reaction WHERE message = :message AND user = :user) < :limit")
      .bind(":message", message)
      .bind(":user", user)
      .bind(":emoji", emoji)
      .bind(":limit", kMaxPerPerson)
      .run();
}

Result<> ReactionStore::remove(qint64 message, UserId user, const QString &emoji) {
  return m_database.statement("DELETE FROM reaction WHERE message = :message AND user = :user AND emoji = :emoji")
      .bind(":message", message)
      .bind(":user", user)
      .bind(":emoji", emoji)
      .run();
}

Result<> ReactionStore::removeAll(qint64 message) {
  return m_database.statement("DELETE FROM reaction WHERE message = :message").bind(":message", message).run();
}

Result<std::vector<model::MessageReaction>> ReactionStore::of(qint64 message) {
  return m_database.statement("SELECT user, emoji FROM reaction WHERE message = :message ORDER BY user, emoji")
      .bind(":message", message)
      .all([](const Statement &row) { return model::MessageReaction{row.id<UserId>(0), row.text(1)}; });
}

}  // namespace gx::store
