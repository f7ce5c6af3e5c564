// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/wire/conversation_dto.h"
#include "server/domain/roster.h"

namespace gx::server::domain {

struct DirectConversation {
  ConversationId id;  // taken when the pair has none yet
  UserId opener;      // becomes owner
  UserId other;
  WallTime now{};
};

struct OpenedConversation {
  wire::ConversationInfo info;
  bool isNew = false;
};

// Port. Conversations and who takes part.
class ConversationRepository {
 public:
  virtual ~ConversationRepository() = default;

  // One conversation per pair, whoever asks first.
  [[nodiscard]] virtual Async<OpenedConversation> openDirect(DirectConversation wanted) = 0;
  // NotFound unless the user takes part.
  [[nodiscard]] virtual Async<wire::ConversationInfo> find(ConversationId id, UserId member) = 0;
  // In order of making, those after `after`.
  [[nodiscard]] virtual Async<wire::ConversationPage> list(UserId member, std::optional<ConversationId> after,
                                                           int limit) = 0;
  [[nodiscard]] virtual Async<Roster> roster(ConversationId id) = 0;  // NotFound
  // Of `others` those who share a conversation with the user.
  [[nodiscard]] virtual Async<std::vector<UserId>> sharingWith(UserId user, std::vector<UserId> others) = 0;
  // Active devices of the user and of everybody who shares a conversation with the user.
  [[nodiscard]] virtual Async<std::vector<DeviceId>> audience(UserId user) = 0;
};

}  // namespace gx::server::domain
