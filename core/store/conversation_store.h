// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "core/model/conversation.h"
#include "core/store/database.h"

namespace gx::store {

struct ParticipantRow {
  UserId user;
  QString role;

  bool operator==(const ParticipantRow &) const = default;
};

// Conversations with who takes part, ourselves included. The struct's own participants field stays empty here.
class ConversationStore final {
 public:
  explicit ConversationStore(Database &database) : m_database(database) {}

  [[nodiscard]] Result<std::optional<model::Conversation>> conversation(ConversationId id);
  // Pinned first, then newest activity.
  [[nodiscard]] Result<std::vector<model::Conversation>> all();
  [[nodiscard]] Result<std::vector<ParticipantRow>> participants(ConversationId id);
  [[nodiscard]] Result<bool> isParticipant(ConversationId id, UserId user);
  // Whether the relay told who takes part; before that any sender is taken.
  [[nodiscard]] Result<bool> hasFacts(ConversationId id);
  // The direct conversation with `user`.
  [[nodiscard]] Result<std::optional<ConversationId>> directWith(UserId user);

  // A conversation we only saw a letter of.
  [[nodiscard]] Result<> ensure(ConversationId id, WallTime now);
  [[nodiscard]] Result<> setFacts(const model::Conversation &facts, WallTime createdAt,
                                  const std::vector<ParticipantRow> &participants);
  [[nodiscard]] Result<> touch(ConversationId id, WallTime activity);
  [[nodiscard]] Result<> setUnread(ConversationId id, int unread);

 private:
  Database &m_database;
};

}  // namespace gx::store
