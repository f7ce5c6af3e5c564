// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "core/store/database.h"

namespace gx::store {

enum class OutboxState : quint8 { Queued = 0, Sealed = 1, Failed = 2 };

struct OutboxRow {
  qint64 position = 0;  // of the queue, given by insert()
  ClientMessageId id;   // idempotency key
  ConversationId conversation;
  int outboxClass = 0;  // 0 message, 1 control, 2 receipt
  OutboxState state = OutboxState::Queued;
  ClientMessageId innerId;  // inside the encryption
  QByteArray payload;       // encoded content
  WallTime sentAt{};
  quint64 chainSequence = 0;  // 0 until sealed; of something sent again the first one's
  QByteArray previousHash{};
  QByteArray reason{};  // of a failure

  bool operator==(const OutboxRow &) const = default;
};

// What must leave, in order.
class OutboxStore final {
 public:
  explicit OutboxStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<qint64> insert(const OutboxRow &row);
  [[nodiscard]] Result<std::optional<OutboxRow>> item(ClientMessageId id);
  [[nodiscard]] Result<std::optional<OutboxRow>> failedOf(ClientMessageId innerId);
  [[nodiscard]] Result<> setSealed(qint64 position, quint64 chainSequence, const QByteArray &previousHash);
  [[nodiscard]] Result<> setFailed(qint64 position, const QByteArray &reason);
  [[nodiscard]] Result<> remove(qint64 position);

  [[nodiscard]] Result<std::optional<OutboxRow>> firstSealed(ConversationId conversation);
  [[nodiscard]] Result<std::optional<OutboxRow>> firstQueued(ConversationId conversation, int outboxClass);
  // Conversations with something queued or sealed.
  [[nodiscard]] Result<std::vector<ConversationId>> busyConversations();
  // Of one state; messages, or everything else.
  [[nodiscard]] Result<int> count(OutboxState state, bool messages);
  // Whether this was queued before and did not leave yet.
  [[nodiscard]] Result<bool> hasQueued(ClientMessageId innerId);

 private:
  Database &m_database;
};

}  // namespace gx::store
