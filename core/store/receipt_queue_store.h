// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "core/store/database.h"

namespace gx::store {

struct PendingReceipt {
  UserId author;  // of the message, who gets the receipt
  ClientMessageId message;
  bool isRead = false;
  WallTime queuedAt{};

  bool operator==(const PendingReceipt &) const = default;
};

// Receipts that wait to be gathered into one letter.
class ReceiptQueueStore final {
 public:
  explicit ReceiptQueueStore(Database &database) : m_database(database) {}

  // Read replaces delivered, never the other way.
  [[nodiscard]] Result<> put(ConversationId conversation, const PendingReceipt &receipt);
  // Of one kind, oldest first.
  [[nodiscard]] Result<std::vector<PendingReceipt>> oldest(ConversationId conversation, bool isRead, int limit);
  [[nodiscard]] Result<> remove(ConversationId conversation, const PendingReceipt &receipt);
  [[nodiscard]] Result<int> count(ConversationId conversation);

  struct Waiting {
    ConversationId conversation;
    WallTime oldest{};
    int count = 0;
  };
  [[nodiscard]] Result<std::vector<Waiting>> waiting();

 private:
  Database &m_database;
};

}  // namespace gx::store
