// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/outbox_store.h"

namespace gx::store {

#define GX_OUTBOX_COLUMNS \
  "position, id, conversation, class, state, inner_id, payload, sent_at, chain_seq, previous_hash, reason"

namespace {

OutboxRow readOutbox(const Statement &row) {
  OutboxRow result;
  result.position = row.number(0);
  result.id = row.id<ClientMessageId>(1);
  result.conversation = row.id<ConversationId>(2);
  result.outboxClass = row.integer(3);
  result.state = static_cast<OutboxState>(row.integer(4));
  result.innerId = row.id<ClientMessageId>(5);
  result.payload = row.bytes(6);
  result.sentAt = row.time(7);
  result.chainSequence = static_cast<quint64>(row.number(8));
  result.previousHash = row.bytes(9);
  result.reason = row.bytes(10);
  return result;
}

}  // namespace

Result<qint64> OutboxStore::insert(const OutboxRow &row) {
  const auto done = m_database
                        .statement(
                            "INSERT INTO outbox(id, conversation, class, state, inner_id, payload, sent_at, chain_seq, "
                            "previous_hash) VALUES (:id, :conversation, :class, :state, :inner_id, :payload, :sent_at, "
                            ":chain_seq, :previous_hash)")
                        .bind(":id", row.id)
                        .bind(":conversation", row.conversation)
                        .bind(":class", row.outboxClass)
                        .bind(":state", static_cast<int>(row.state))
                        .bind(":inner_id", row.innerId)
                        .bind(":payload", row.payload)
                        .bind(":sent_at", row.sentAt)
                        .bind(":chain_seq", row.chainSequence)
                        .bind(":previous_hash", row.previousHash)
                        .run();
  if (!done) return fail(done.error());
  return m_database.lastInsertId();
}

Result<std::optional<OutboxRow>> OutboxStore::item(ClientMessageId id) {
  return m_database.statement("SELECT " GX_OUTBOX_COLUMNS " FROM outbox WHERE id = :id")
      .bind(":id", id)
      .first(readOutbox);
}

Result<std::optional<OutboxRow>> OutboxStore::failedOf(ClientMessageId innerId) {
  return m_database.statement("SELECT " GX_OUTBOX_COLUMNS " FROM outbox WHERE state = 2 AND inner_id = :id LIMIT 1")
      .bind(":id", innerId)
      .first(readOutbox);
}

Result<> OutboxStore::setSealed(qint64 position, quint64 chainSequence, const QByteArray &previousHash) {
  return m_database
      .statement(
          "UPDATE outbox SET state = 1, chain_seq = :chain_seq, previous_hash = :hash WHERE position = :position")
      .bind(":chain_seq", chainSequence)
      .bind(":hash", previousHash)
      .bind(":position", position)
      .run();
}

Result<> OutboxStore::setFailed(qint64 position, const QByteArray &reason) {
  return m_database
      .statement(
          "UPDATE outbox SET state = 2, reason = :reason, chain_seq = 0, previous_hash = x'' WHERE position = "
          ":position")
      .bind(":reason", reason)
      .bind(":position", position)
      .run();
}

Result<> OutboxStore::remove(qint64 position) {
  return m_database.statement("DELETE FROM outbox WHERE position = :position").bind(":position", position).run();
}

Result<std::optional<OutboxRow>> OutboxStore::firstSealed(ConversationId conversation) {
  return m_database
      .statement("SELECT " GX_OUTBOX_COLUMNS
                 " FROM outbox WHERE conversation = :conversation AND state = 1 ORDER BY position LIMIT 1")
      .bind(":conversation", conversation)
      .first(readOutbox);
}

Result<std::optional<OutboxRow>> OutboxStore::firstQueued(ConversationId conversation, int outboxClass) {
  return m_database
      .statement("SELECT " GX_OUTBOX_COLUMNS
                 " FROM outbox WHERE conversation = :conversation AND state = 0 AND class = :class "
                 "ORDER BY position LIMIT 1")
      .bind(":conversation", conversation)
      .bind(":class", outboxClass)
      .first(readOutbox);
}

Result<std::vector<ConversationId>> OutboxStore::busyConversations() {
  return m_database
      .statement("SELECT conversation FROM outbox WHERE state < 2 GROUP BY conversation ORDER BY min(position)")
      .all([](const Statement &row) { return row.id<ConversationId>(0); });
}

Result<int> OutboxStore::count(OutboxState state, bool messages) {
  return m_database.statement("SELECT count(*) FROM outbox WHERE state = :state AND (class = 0) = :messages")
      .bind(":state", static_cast<int>(state))
      .bind(":messages", messages)
      .value()
      .map([](qint64 count) { return static_cast<int>(count); });
}

Result<bool> OutboxStore::hasQueued(ClientMessageId innerId) {
  return m_database.statement("SELECT count(*) FROM outbox WHERE state < 2 AND inner_id = :id")
      .bind(":id", innerId)
      .value()
      .map([](qint64 count) { return count > 0; });
}

}  // namespace gx::store
