// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/domain/roster.h"

#include <algorithm>

namespace gx::server::domain {

bool Roster::hasMember(const UserId &user) const {
  return std::ranges::any_of(members, [&](const Member &member) { return member.user == user; });
}

bool Roster::hasDeviceOf(const UserId &user) const {
  return std::ranges::any_of(devices, [&](const ActiveDevice &device) { return device.user == user; });
}

}  // namespace gx::server::domain
