// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"

namespace gx::model {

enum class ConversationKind : quint8 { Direct = 0, Group = 1, NoteToSelf = 2 };

struct Conversation {
  ConversationId id;
  ConversationKind kind = ConversationKind::Direct;
  std::vector<UserId> participants;  // without ourselves
  QString title;                     // of a group; empty else
  int unread = 0;
  bool isPinned = false;
  std::optional<WallTime> mutedUntil{};
  WallTime lastActivity{};

  bool operator==(const Conversation &) const = default;
};

}  // namespace gx::model
