// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/quarantine_store.h"

namespace gx::store {

#define GX_QUARANTINE_COLUMNS                                                                                      \
  "server_id, seq, conversation, user, device, kind, ciphertext, server_time, state, cause, expected_seq, tries, " \
  "next_try_at, kept_at"

namespace {

QuarantineRow readQuarantine(const Statement &row) {
  QuarantineRow result;
  result.letter = row.id<MessageId>(0);
  result.seq = row.number(1);
  result.conversation = row.id<ConversationId>(2);
  result.sender = {row.id<UserId>(3), row.device(4)};
  result.ciphertext = {static_cast<crypto::CiphertextType>(row.integer(5)), row.bytes(6)};
  result.serverTime = row.time(7);
  result.state = static_cast<QuarantineState>(row.integer(8));
  result.cause = row.bytes(9);
  result.expectedSequence = static_cast<quint64>(row.number(10));
  result.tries = row.integer(11);
  result.nextTryAt = row.time(12);
  result.keptAt = row.time(13);
  return result;
}

}  // namespace

Result<> QuarantineStore::put(const QuarantineRow &row) {
  return m_database
      .statement("INSERT OR REPLACE INTO quarantine(" GX_QUARANTINE_COLUMNS
                 ") VALUES (:letter, :seq, :conversation, :user, :device, :kind, :ciphertext, :server_time, :state, "
                 ":cause, :expected, :tries, :next_try_at, :kept_at)")
      .bind(":letter", row.letter)
      .bind(":seq", row.seq)
      .bind(":conversation", row.conversation)
      .bind(":user", row.sender.user)
      .bind(":device", row.sender.device)
      .bind(":kind", static_cast<int>(row.ciphertext.type))
      .bind(":ciphertext", row.ciphertext.bytes)
      .bind(":server_time", row.serverTime)
      .bind(":state", static_cast<int>(row.state))
      .bind(":cause", row.cause)
      .bind(":expected", row.expectedSequence)
      .bind(":tries", row.tries)
      .bind(":next_try_at", row.nextTryAt)
      .bind(":kept_at", row.keptAt)
      .run();
}

Result<std::optional<QuarantineRow>> QuarantineStore::letter(MessageId letter) {
  return m_database.statement("SELECT " GX_QUARANTINE_COLUMNS " FROM quarantine WHERE server_id = :letter")
      .bind(":letter", letter)
      .first(readQuarantine);
}

Result<> QuarantineStore::remove(MessageId letter) {
  return m_database.statement("DELETE FROM quarantine WHERE server_id = :letter").bind(":letter", letter).run();
}

Result<std::vector<UserId>> QuarantineStore::heldSenders() {
  return m_database.statement("SELECT DISTINCT user FROM quarantine WHERE state = 0").all([](const Statement &row) {
    return row.id<UserId>(0);
  });
}

Result<int> QuarantineStore::countOf(const model::DeviceAddress &sender, const QByteArray &butCause) {
  const auto count =
      m_database
          .statement("SELECT count(*) FROM quarantine WHERE user = :user AND device = :device AND cause <> :cause")
          .bind(":user", sender.user)
          .bind(":device", sender.device)
          .bind(":cause", butCause)
          .first([](const Statement &row) { return row.integer(0); });
  if (!count) return fail(count.error());
  return count->value_or(0);
}

Result<std::vector<QuarantineRow>> QuarantineStore::heldOf(UserId user) {
  return m_database
      .statement("SELECT " GX_QUARANTINE_COLUMNS " FROM quarantine WHERE user = :user AND state = 0 ORDER BY seq")
      .bind(":user", user)
      .all(readQuarantine);
}

Result<std::vector<QuarantineRow>> QuarantineStore::due(WallTime now) {
  return m_database
      .statement("SELECT " GX_QUARANTINE_COLUMNS
                 " FROM quarantine WHERE state = 1 AND next_try_at <= :now ORDER BY seq")
      .bind(":now", now)
      .all(readQuarantine);
}

Result<std::optional<WallTime>> QuarantineStore::nextDue() {
  const auto next =
      m_database.statement("SELECT min(next_try_at) FROM quarantine WHERE state = 1").first([](const Statement &row) {
        return row.optionalTime(0);
      });
  if (!next) return fail(next.error());
  return next->value_or(std::nullopt);
}

Result<std::optional<QuarantineRow>> QuarantineStore::waitingAt(ConversationId conversation,
                                                                const model::DeviceAddress &sender, quint64 sequence) {
  return m_database
      .statement("SELECT " GX_QUARANTINE_COLUMNS
                 " FROM quarantine WHERE conversation = :conversation AND user = :user AND device = :device AND "
                 "expected_seq = :seq AND state > 0 ORDER BY seq LIMIT 1")
      .bind(":conversation", conversation)
      .bind(":user", sender.user)
      .bind(":device", sender.device)
      .bind(":seq", sequence)
      .first(readQuarantine);
}

Result<> QuarantineStore::forget(WallTime keptBefore) {
  return m_database.statement("DELETE FROM quarantine WHERE kept_at < :before").bind(":before", keptBefore).run();
}

}  // namespace gx::store
