// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/vault/outbox_journal.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// What leaves the outbox: which item is next, and what became of it. Vault thread, inside the job's transaction.
class OutboxQueue final {
 public:
  explicit OutboxQueue(Strongroom &room) : m_room(room) {}

  [[nodiscard]] Result<OutboxWork> work();
  [[nodiscard]] Result<std::optional<OutboxItem>> next(ConversationId conversation);
  [[nodiscard]] Result<OutboxChange> markSent(ClientMessageId id, MessageId serverId, WallTime serverTime);
  [[nodiscard]] Result<OutboxChange> markFailed(ClientMessageId id, const QByteArray &reason);
  [[nodiscard]] Result<OutboxChange> retry(ClientMessageId id);
  [[nodiscard]] Result<OutboxCounts> counts();

 private:
  [[nodiscard]] Result<std::optional<MessageRef>> shownBy(const store::OutboxRow &item);
  [[nodiscard]] Result<> placeSent(const store::OutboxRow &item, MessageId serverId, WallTime serverTime);
  [[nodiscard]] Result<> logSent(const store::OutboxRow &item, MessageId serverId);
  [[nodiscard]] Result<> giveChainBack(const store::OutboxRow &item);
  [[nodiscard]] Result<> placeFailed(const store::OutboxRow &item);

  Strongroom &m_room;
};

}  // namespace gx::vault
