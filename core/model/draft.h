// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <optional>

#include "core/base/clock.h"
#include "core/base/ids.h"

namespace gx::model {

// What was typed and not sent.
struct Draft {
  ConversationId conversation;
  QString text;
  std::optional<ClientMessageId> quoted{};
  std::optional<ClientMessageId> editing{};
  WallTime changedAt{};

  bool operator==(const Draft &) const = default;
};

}  // namespace gx::model
