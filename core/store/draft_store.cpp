// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/draft_store.h"

namespace gx::store {

Result<std::optional<model::Draft>> DraftStore::draft(ConversationId conversation) {
  return m_database
      .statement(
          "SELECT conversation, body, quoted_id, editing_id, changed_at FROM draft WHERE conversation = :conversation")
      .bind(":conversation", conversation)
      .first([](const Statement &row) {
        return model::Draft{row.id<ConversationId>(0), row.text(1), row.optionalId<ClientMessageId>(2),
                            row.optionalId<ClientMessageId>(3), row.time(4)};
      });
}

Result<> DraftStore::put(const model::Draft &draft) {
  return m_database
      .statement(
          "INSERT OR REPLACE INTO draft(conversation, body, quoted_id, editing_id, changed_at) "
          "VALUES (:conversation, :body, :quoted, :editing, :changed_at)")
      .bind(":conversation", draft.conversation)
      .bind(":body", draft.text)
      .bind(":quoted", draft.quoted)
      .bind(":editing", draft.editing)
      .bind(":changed_at", draft.changedAt)
      .run();
}

Result<> DraftStore::remove(ConversationId conversation) {
  return m_database.statement("DELETE FROM draft WHERE conversation = :conversation")
      .bind(":conversation", conversation)
      .run();
}

}  // namespace gx::store
