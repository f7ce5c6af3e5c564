// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/wire/account_dto.h"

namespace gx::server::domain {

// Who speaks: what a valid access token stands for.
struct Principal {
  UserId user;
  DeviceId device;
  wire::DeviceState state = wire::DeviceState::Pending;
  WallTime expiresAt{};  // of the access token

  [[nodiscard]] bool isActive() const { return state == wire::DeviceState::Active; }
  bool operator==(const Principal &) const = default;
};

}  // namespace gx::server::domain
