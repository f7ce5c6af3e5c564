// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/vault/outbox_journal.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// What enters the outbox, each with its row in the resend log. Vault thread, inside the job's transaction.
class OutboxEntries final {
 public:
  // Receipts are gathered for this long.
  static constexpr std::chrono::seconds kReceiptPause{2};

  explicit OutboxEntries(Strongroom &room) : m_room(room) {}

  // A person's own content, with its effect on this device.
  [[nodiscard]] Result<OutboxChange> append(ConversationId conversation, const model::Content &content);
  // Retry requests and session resets.
  [[nodiscard]] Result<> appendControl(ConversationId conversation, const model::Content &content);
  // A logged content once more, with its first header.
  [[nodiscard]] Result<> appendAgain(const store::ResendRow &logged);
  // Gathers pending receipts that are due into one item; nothing if none are.
  [[nodiscard]] Result<std::optional<store::OutboxRow>> gatherReceipts(ConversationId conversation);

 private:
  [[nodiscard]] Result<store::OutboxRow> put(ConversationId conversation, OutboxClass outboxClass,
                                             const model::Content &content);
  [[nodiscard]] Result<OutboxChange> appendLine(ConversationId conversation, const model::Content &content);
  [[nodiscard]] Result<MessageRef> applyOwn(ConversationId conversation, const model::Content &content);
  [[nodiscard]] Result<store::MessageRow> ownTarget(ConversationId conversation, ClientMessageId target);

  Strongroom &m_room;
};

}  // namespace gx::vault
