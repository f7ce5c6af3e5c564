// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/base/ids.h"

namespace gx::model {

// The last committed letter of the mailbox: what is acknowledged and asked from.
struct MailCursor {
  qint64 seq = 0;                     // 0: none yet
  std::optional<MessageId> letter{};  // under that seq; none where only the number is known

  bool operator==(const MailCursor &) const = default;
};

}  // namespace gx::model
