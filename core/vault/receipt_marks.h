// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/model/content.h"
#include "core/vault/message_ref.h"
#include "core/vault/strongroom.h"

namespace gx::vault {

// What receipts of others say about our messages, and our own other devices about what was read. Monotonic, idempotent.
// Vault thread, inside the job's transaction.
class ReceiptMarks final {
 public:
  explicit ReceiptMarks(Strongroom &room) : m_room(room) {}

  // One device has (read) our line: its state follows once every participant has it.
  [[nodiscard]] Result<> mark(store::MessageRow &line, const model::DeviceAddress &device, model::ReceiptState state);
  // True if we sent this to that device; the resend log forgets what all have.
  [[nodiscard]] Result<bool> noteDelivered(ConversationId conversation, ClientMessageId id,
                                           const model::DeviceAddress &device);
  // The line that is read now.
  [[nodiscard]] Result<std::optional<MessageRef>> readElsewhere(ConversationId conversation, ClientMessageId id,
                                                                model::ReceiptState state);

 private:
  [[nodiscard]] Result<model::MessageState> stateOf(const store::MessageRow &line);

  Strongroom &m_room;
};

}  // namespace gx::vault
