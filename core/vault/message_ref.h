// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/ids.h"

namespace gx::vault {

// Names one message. A client message id is made by its sender and is unique only together with its author.
struct MessageRef {
  UserId author;
  ClientMessageId id;

  auto operator<=>(const MessageRef &) const = default;
};

}  // namespace gx::vault
