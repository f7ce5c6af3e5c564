// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/wire/presence_dto.h"

namespace gx::server::domain {

struct PresenceRecord {
  UserId user;
  wire::PresenceState state = wire::PresenceState::Offline;
  WallTime since{};
};

// Port. What all nodes know of people's presence. May answer Unavailable: then the caller says "unknown", not
// "offline".
class PresenceDirectory {
 public:
  virtual ~PresenceDirectory() = default;

  [[nodiscard]] virtual Async<> put(PresenceRecord record) = 0;
  // One for each user, Offline with since 0 for those never seen.
  [[nodiscard]] virtual Async<std::vector<PresenceRecord>> find(std::vector<UserId> users) = 0;
};

}  // namespace gx::server::domain
