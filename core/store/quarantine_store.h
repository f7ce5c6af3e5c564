// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "core/crypto/session.h"
#include "core/store/database.h"

namespace gx::store {

enum class QuarantineState : quint8 {
  Held = 0,     // its device is not in the pinned device list yet
  Waiting = 1,  // asked to be sent again
  Kept = 2,     // nothing to be done now
};

struct QuarantineRow {
  MessageId letter;
  qint64 seq = 0;  // of the mailbox
  ConversationId conversation;
  model::DeviceAddress sender;
  crypto::Ciphertext ciphertext;
  WallTime serverTime{};
  QuarantineState state = QuarantineState::Held;
  QByteArray cause;
  quint64 expectedSequence = 0;  // where it most likely stands in its sender's chain; 0: not known
  int tries = 0;                 // how often it was asked for
  WallTime nextTryAt{};
  WallTime keptAt{};

  bool operator==(const QuarantineRow &) const = default;
};

// Letters that are not opened, as they came.
class QuarantineStore final {
 public:
  explicit QuarantineStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<> put(const QuarantineRow &row);
  [[nodiscard]] Result<std::optional<QuarantineRow>> letter(MessageId letter);
  [[nodiscard]] Result<> remove(MessageId letter);
  [[nodiscard]] Result<std::vector<UserId>> heldSenders();
  // Rows of one sending device, but those with this cause.
  [[nodiscard]] Result<int> countOf(const model::DeviceAddress &sender, const QByteArray &butCause);
  // In order of the mailbox.
  [[nodiscard]] Result<std::vector<QuarantineRow>> heldOf(UserId user);
  [[nodiscard]] Result<std::vector<QuarantineRow>> due(WallTime now);
  // When the next one is due.
  [[nodiscard]] Result<std::optional<WallTime>> nextDue();
  // The waiting one that a repetition at this place of the chain answers.
  [[nodiscard]] Result<std::optional<QuarantineRow>> waitingAt(ConversationId conversation,
                                                               const model::DeviceAddress &sender, quint64 sequence);
  [[nodiscard]] Result<> forget(WallTime keptBefore);

 private:
  Database &m_database;
};

}  // namespace gx::store
