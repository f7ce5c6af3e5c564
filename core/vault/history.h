// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/vault/archive.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// Rows as they are shown. Vault thread, inside the job's transaction.
class History final {
 public:
  explicit History(Strongroom &room) : m_room(room) {}

  [[nodiscard]] Result<> upsert(const ConversationFacts &facts);
  [[nodiscard]] Result<std::vector<ConversationRow>> conversations();
  [[nodiscard]] Result<std::optional<ConversationRow>> conversation(ConversationId id);
  [[nodiscard]] Result<std::optional<ConversationId>> directWith(const QString &account);
  [[nodiscard]] Result<MessagePage> page(ConversationId conversation, const PageRequest &request);
  [[nodiscard]] Result<std::optional<MessageDetails>> message(const MessageRef &message);
  [[nodiscard]] Result<std::optional<MessageDetails>> find(ConversationId conversation, ClientMessageId id);
  [[nodiscard]] Result<ReadOutcome> markRead(ConversationId conversation, const MessageKey &upTo, bool tellOthers);
  [[nodiscard]] Result<> removeLocally(const MessageRef &message);

 private:
  [[nodiscard]] Result<> checkDirect(const ConversationFacts &facts);
  [[nodiscard]] Result<ConversationRow> rowOf(model::Conversation conversation);
  [[nodiscard]] Result<ArchivedMessage> shown(const store::MessageRow &row);
  [[nodiscard]] Result<MessageDetails> details(const store::MessageRow &row);
  [[nodiscard]] Result<int> recount(ConversationId conversation);

  Strongroom &m_room;
};

}  // namespace gx::vault
