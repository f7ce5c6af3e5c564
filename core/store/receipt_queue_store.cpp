// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/receipt_queue_store.h"

namespace gx::store {

Result<> ReceiptQueueStore::put(ConversationId conversation, const PendingReceipt &receipt) {
  const auto put = m_database
                       .statement(
                           "INSERT OR IGNORE INTO pending_receipt(conversation, author, client_id, state, queued_at) "
                           "VALUES (:conversation, :author, :id, :read, :when)")
                       .bind(":conversation", conversation)
                       .bind(":author", receipt.author)
                       .bind(":id", receipt.message)
                       .bind(":read", receipt.isRead)
                       .bind(":when", receipt.queuedAt)
                       .run();
  if (!put || !receipt.isRead) return put;
  return m_database
      .statement(
          "UPDATE pending_receipt SET state = 1 WHERE conversation = :conversation AND author = :author AND client_id "
          "= "
          ":id")
      .bind(":conversation", conversation)
      .bind(":author", receipt.author)
      .bind(":id", receipt.message)
      .run();
}

Result<std::vector<PendingReceipt>> ReceiptQueueStore::oldest(ConversationId conversation, bool isRead, int limit) {
  return m_database
      .statement(
          "SELECT author, client_id, state, queued_at FROM pending_receipt WHERE conversation = :conversation AND "
          "state = :read ORDER BY queued_at, client_id LIMIT :limit")
      .bind(":conversation", conversation)
      .bind(":read", isRead)
      .bind(":limit", limit)
      .all([](const Statement &row) {
        return PendingReceipt{row.id<UserId>(0), row.id<ClientMessageId>(1), row.flag(2), row.time(3)};
      });
}

Result<> ReceiptQueueStore::remove(ConversationId conversation, const PendingReceipt &receipt) {
  return m_database
      .statement(
          "DELETE FROM pending_receipt WHERE conversation = :conversation AND author = :author AND client_id = :id")
      .bind(":conversation", conversation)
      .bind(":author", receipt.author)
      .bind(":id", receipt.message)
      .run();
}

Result<int> ReceiptQueueStore::count(ConversationId conversation) {
  return m_database.statement("SELECT count(*) FROM pending_receipt WHERE conversation = :conversation")
      .bind(":conversation", conversation)
      .value()
      .map([](qint64 count) { return static_cast<int>(count); });
}

Result<std::vector<ReceiptQueueStore::Waiting>> ReceiptQueueStore::waiting() {
  return m_database
      .statement(
          "SELECT conversation, min(queued_at), count(*) FROM pending_receipt GROUP BY conversation "
          "ORDER BY min(queued_at)")
      .all([](const Statement &row) { return Waiting{row.id<ConversationId>(0), row.time(1), row.integer(2)}; });
}

}  // namespace gx::store
