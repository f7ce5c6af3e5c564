// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/resend_store.h"

namespace gx::store {

Result<> ResendStore::insert(const ResendRow &row) {
  return m_database
      .statement(
          "INSERT INTO resend_log(id, conversation, payload, sent_at, chain_seq, previous_hash, made_at) "
          "VALUES (:id, :conversation, :payload, :sent_at, :chain_seq, :hash, :made_at)")
      .bind(":id", row.id)
      .bind(":conversation", row.conversation)
      .bind(":payload", row.payload)
      .bind(":sent_at", row.sentAt)
      .bind(":chain_seq", row.chainSequence)
      .bind(":hash", row.previousHash)
      .bind(":made_at", row.madeAt)
      .run();
}

Result<> ResendStore::setChain(ClientMessageId id, quint64 chainSequence, const QByteArray &previousHash) {
  return m_database.statement("UPDATE resend_log SET chain_seq = :chain_seq, previous_hash = :hash WHERE id = :id")
      .bind(":chain_seq", chainSequence)
      .bind(":hash", previousHash)
      .bind(":id", id)
      .run();
}

Result<std::optional<ResendRow>> ResendStore::row(ClientMessageId id) {
  return m_database
      .statement(
          "SELECT id, conversation, payload, sent_at, chain_seq, previous_hash, made_at FROM resend_log WHERE id = :id")
      .bind(":id", id)
      .first([](const Statement &row) {
        return ResendRow{row.id<ClientMessageId>(0),
                         row.id<ConversationId>(1),
                         row.bytes(2),
                         row.time(3),
                         static_cast<quint64>(row.number(4)),
                         row.bytes(5),
                         row.time(6)};
      });
}

Result<> ResendStore::remove(ClientMessageId id) {
  return m_database.statement("DELETE FROM resend_log WHERE id = :id").bind(":id", id).run();
}

Result<> ResendStore::forget(WallTime madeBefore) {
  return m_database.statement("DELETE FROM resend_log WHERE made_at < :before").bind(":before", madeBefore).run();
}

Result<> ResendStore::addLetter(ClientMessageId id, MessageId letter) {
  return m_database.statement("INSERT OR IGNORE INTO resend_letter(server_id, log) VALUES (:letter, :id)")
      .bind(":letter", letter)
      .bind(":id", id)
      .run();
}

Result<std::optional<ClientMessageId>> ResendStore::carriedBy(MessageId letter) {
  return m_database.statement("SELECT log FROM resend_letter WHERE server_id = :letter")
      .bind(":letter", letter)
      .first([](const Statement &row) { return row.id<ClientMessageId>(0); });
}

Result<> ResendStore::addTarget(ClientMessageId id, const model::DeviceAddress &device) {
  return m_database.statement("INSERT OR IGNORE INTO resend_target(log, user, device) VALUES (:id, :user, :device)")
      .bind(":id", id)
      .bind(":user", device.user)
      .bind(":device", device.device)
      .run();
}

Result<std::optional<int>> ResendStore::answers(ClientMessageId id, const model::DeviceAddress &device) {
  return m_database.statement("SELECT answers FROM resend_target WHERE log = :id AND user = :user AND device = :device")
      .bind(":id", id)
      .bind(":user", device.user)
      .bind(":device", device.device)
      .first([](const Statement &row) { return row.integer(0); });
}

Result<> ResendStore::countAnswer(ClientMessageId id, const model::DeviceAddress &device) {
  return m_database
      .statement("UPDATE resend_target SET answers = answers + 1 WHERE log = :id AND user = :user AND device = :device")
      .bind(":id", id)
      .bind(":user", device.user)
      .bind(":device", device.device)
      .run();
}

Result<> ResendStore::markDelivered(ClientMessageId id, const model::DeviceAddress &device) {
  return m_database
      .statement("UPDATE resend_target SET is_delivered = 1 WHERE log = :id AND user = :user AND device = :device")
      .bind(":id", id)
      .bind(":user", device.user)
      .bind(":device", device.device)
      .run();
}

Result<bool> ResendStore::isDeliveredToAll(ClientMessageId id) {
  return m_database.statement("SELECT count(*) > 0 AND min(is_delivered) = 1 FROM resend_target WHERE log = :id")
      .bind(":id", id)
      .value()
      .map([](qint64 flag) { return flag != 0; });
}

}  // namespace gx::store
