// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/message_store.h"

#include <algorithm>

namespace gx::store {

#define GX_MESSAGE_COLUMNS                                                                                       \
  "id, conversation, author, client_id, device, server_id, kind, body, quoted_user, quoted_id, excerpt, state, " \
  "sent_at, server_time, edited_at, is_deleted, raw, is_unread, chain_seq, sort_time"

namespace {

constexpr char kUnreadRows[] = "SELECT " GX_MESSAGE_COLUMNS
                               " FROM message INDEXED BY message_unread "
                               "WHERE conversation = :conversation AND is_unread = 1 "
                               "AND (sort_time, device, chain_seq, client_id) <= (:time, :device, :chain, :id) "
                               "ORDER BY sort_time, device, chain_seq, client_id";

MessageRow readMessage(const Statement &row) {
  MessageRow result;
  result.id = row.number(0);
  model::Message &message = result.message;
  message.conversation = row.id<ConversationId>(1);
  message.sender = {row.id<UserId>(2), row.device(4)};
  message.id = row.id<ClientMessageId>(3);
  message.serverId = row.optionalId<MessageId>(5);
  message.kind = static_cast<model::MessageKind>(row.integer(6));
  message.text = row.text(7);
  result.quotedUser = row.optionalId<UserId>(8);
  message.quoted = row.optionalId<ClientMessageId>(9);
  result.excerpt = row.text(10);
  message.state = static_cast<model::MessageState>(row.integer(11));
  message.sentAt = row.time(12);
  message.serverTime = row.optionalTime(13);
  message.editedAt = row.optionalTime(14);
  message.isDeleted = row.flag(15);
  result.raw = row.bytes(16);
  result.isUnread = row.flag(17);
  result.chainSequence = static_cast<quint64>(row.number(18));
  result.sortTime = row.number(19);
  return result;
}

void bindMessage(Statement &statement, const MessageRow &row) {
  const model::Message &message = row.message;
  statement.bind(":conversation", message.conversation)
      .bind(":author", message.sender.user)
      .bind(":client_id", message.id)
      .bind(":device", message.sender.device)
      .bind(":server_id", message.serverId)
      .bind(":kind", static_cast<int>(message.kind))
      .bind(":quoted_user", row.quotedUser)
      .bind(":quoted_id", message.quoted)
      .bind(":excerpt", row.excerpt)
      .bind(":state", static_cast<int>(message.state))
      .bind(":sent_at", message.sentAt)
      .bind(":server_time", message.serverTime)
      .bind(":edited_at", message.editedAt)
      .bind(":is_deleted", message.isDeleted)
      .bind(":raw", row.raw)
      .bind(":is_unread", row.isUnread)
      .bind(":chain_seq", row.chainSequence)
      .bind(":sort_time", row.sortTime);
}

Statement &bindPlace(Statement &statement, const MessagePlace &place) {
  return statement.bind(":time", place.sortTime)
      .bind(":device", place.device)
      .bind(":chain", place.chainSequence)
      .bind(":id", place.id);
}

}  // namespace

Result<std::optional<MessageRow>> MessageStore::message(UserId author, ClientMessageId id) {
  return m_database.statement("SELECT " GX_MESSAGE_COLUMNS " FROM message WHERE author = :author AND client_id = :id")
      .bind(":author", author)
      .bind(":id", id)
      .first(readMessage);
}

Result<std::optional<MessageRow>> MessageStore::row(qint64 id) {
  return m_database.statement("SELECT " GX_MESSAGE_COLUMNS " FROM message WHERE id = :id")
      .bind(":id", id)
      .first(readMessage);
}

Result<std::vector<MessageRow>> MessageStore::byClientId(ConversationId conversation, ClientMessageId id) {
  return m_database
      .statement("SELECT " GX_MESSAGE_COLUMNS " FROM message WHERE conversation = :conversation AND client_id = :id")
      .bind(":conversation", conversation)
      .bind(":id", id)
      .all(readMessage);
}

Result<std::optional<MessageRow>> MessageStore::newest(ConversationId conversation) {
  return m_database
      .statement("SELECT " GX_MESSAGE_COLUMNS
                 " FROM message WHERE conversation = :conversation "
                 "ORDER BY sort_time DESC, device DESC, chain_seq DESC, client_id DESC LIMIT 1")
      .bind(":conversation", conversation)
      .first(readMessage);
}

Result<std::vector<MessageRow>> MessageStore::before(ConversationId conversation, const MessagePlace &bound,
                                                     int limit) {
  auto statement =
      m_database.statement("SELECT " GX_MESSAGE_COLUMNS
                           " FROM message WHERE conversation = :conversation "
                           "AND (sort_time, device, chain_seq, client_id) < (:time, :device, :chain, :id) "
                           "ORDER BY sort_time DESC, device DESC, chain_seq DESC, client_id DESC LIMIT :limit");
  statement.bind(":conversation", conversation).bind(":limit", limit);
  auto rows = bindPlace(statement, bound).all(readMessage);
  if (rows) std::reverse(rows->begin(), rows->end());
  return rows;
}

Result<std::vector<MessageRow>> MessageStore::after(ConversationId conversation, const MessagePlace &bound, int limit) {
  auto statement = m_database.statement("SELECT " GX_MESSAGE_COLUMNS
                                        " FROM message WHERE conversation = :conversation "
                                        "AND (sort_time, device, chain_seq, client_id) > (:time, :device, :chain, :id) "
                                        "ORDER BY sort_time, device, chain_seq, client_id LIMIT :limit");
  statement.bind(":conversation", conversation).bind(":limit", limit);
  return bindPlace(statement, bound).all(readMessage);
}

Result<qint64> MessageStore::insert(const MessageRow &row) {
  auto statement = m_database.statement(
      "INSERT INTO message(conversation, author, client_id, device, server_id, kind, body, quoted_user, quoted_id, "
      "excerpt, state, sent_at, server_time, edited_at, is_deleted, raw, is_unread, chain_seq, sort_time) VALUES "
      "(:conversation, "
      ":author, :client_id, :device, :server_id, :kind, :body, :quoted_user, :quoted_id, :excerpt, :state, :sent_at, "
      ":server_time, :edited_at, :is_deleted, :raw, :is_unread, :chain_seq, :sort_time)");
  bindMessage(statement, row);
  if (const auto done = statement.bind(":body", row.message.text).run(); !done) return fail(done.error());
  // Not lastInsertId(): the trigger's insert into the search index comes after ours.
  return m_database.statement("SELECT id FROM message WHERE author = :author AND client_id = :id")
      .bind(":author", row.message.sender.user)
      .bind(":id", row.message.id)
      .value();
}

Result<> MessageStore::update(const MessageRow &row) {
  auto statement = m_database.statement(
      "UPDATE message SET conversation = :conversation, author = :author, client_id = :client_id, device = :device, "
      "server_id = :server_id, kind = :kind, quoted_user = :quoted_user, quoted_id = :quoted_id, excerpt = :excerpt, "
      "state = :state, sent_at = :sent_at, server_time = :server_time, edited_at = :edited_at, is_deleted = "
      ":is_deleted, "
      "raw = :raw, is_unread = :is_unread, chain_seq = :chain_seq, sort_time = :sort_time WHERE id = :row");
  bindMessage(statement, row);
  if (const auto done = statement.bind(":row", row.id).run(); !done) return done;
  // Alone and only if it differs: each writing of the body indexes it anew.
  return m_database.statement("UPDATE message SET body = :body WHERE id = :row AND body <> :body")
      .bind(":body", row.message.text)
      .bind(":row", row.id)
      .run();
}

Result<> MessageStore::remove(qint64 id) {
  return m_database.statement("DELETE FROM message WHERE id = :id").bind(":id", id).run();
}

// In one chain the times never go backwards, so that its next places before and after hold the bounds. Lines without a
// place in the chain (0: queued, failed) bound nothing.
Result<qint64> MessageStore::placeInChain(ConversationId conversation, DeviceId device, quint64 chainSequence,
                                          qint64 time) {
  if (chainSequence == 0) return time;
  const auto readTime = [](const Statement &row) { return row.number(0); };
  const auto earlier = m_database
                           .statement(
                               "SELECT sort_time FROM message WHERE conversation = :conversation AND device = :device "
                               "AND chain_seq > 0 AND chain_seq < :chain AND sort_time < :unplaced "
                               "ORDER BY chain_seq DESC, sort_time DESC LIMIT 1")
                           .bind(":conversation", conversation)
                           .bind(":device", device)
                           .bind(":chain", chainSequence)
                           .bind(":unplaced", kUnplaced)
                           .first(readTime);
  if (!earlier) return fail(earlier.error());
  const auto later = m_database
                         .statement(
                             "SELECT sort_time FROM message WHERE conversation = :conversation AND device = :device "
                             "AND chain_seq > :chain AND sort_time < :unplaced ORDER BY chain_seq, sort_time LIMIT 1")
                         .bind(":conversation", conversation)
                         .bind(":device", device)
                         .bind(":chain", chainSequence)
                         .bind(":unplaced", kUnplaced)
                         .first(readTime);
  if (!later) return fail(later.error());
  const qint64 least = earlier->value_or(0);
  return std::min(std::max(time, least), std::max(later->value_or(kUnplaced), least));
}

Result<qint64> MessageStore::lastPlaced(ConversationId conversation) {
  return m_database
      .statement(
          "SELECT coalesce(max(sort_time), 0) FROM message WHERE conversation = :conversation AND sort_time < "
          ":unplaced")
      .bind(":conversation", conversation)
      .bind(":unplaced", kUnplaced)
      .value();
}

Result<std::vector<MessageRow>> MessageStore::unread(ConversationId conversation, const MessagePlace &bound) {
  auto statement = m_database.statement(kUnreadRows);
  statement.bind(":conversation", conversation);
  return bindPlace(statement, bound).all(readMessage);
}

Result<int> MessageStore::countUnread(ConversationId conversation) {
  return m_database.statement("SELECT count(*) FROM message WHERE conversation = :conversation AND is_unread = 1")
      .bind(":conversation", conversation)
      .value()
      .map([](qint64 count) { return static_cast<int>(count); });
}

Result<> MessageStore::clearExcerptsOf(UserId author, ClientMessageId id) {
  return m_database.statement("UPDATE message SET excerpt = '' WHERE quoted_user = :author AND quoted_id = :id")
      .bind(":author", author)
      .bind(":id", id)
      .run();
}

}  // namespace gx::store
