// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/wire/account_dto.h"

namespace gx::server::domain {

// One sign-in of an account. Pending until the account's manifest names it; revoked ones keep their row, so that an id
// never comes back.
struct Device {
  DeviceId id;
  UserId user;
  QByteArray name;
  wire::DeviceState state = wire::DeviceState::Pending;
  WallTime createdAt{};
  qint64 lastSeenDay = 0;  // days since 1970, 0 if never
  QByteArray identityKey;  // 33 bytes, empty until uploaded
  quint32 registrationId = 0;
};

}  // namespace gx::server::domain
