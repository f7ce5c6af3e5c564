// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/clock.h"
#include "core/base/ids.h"

namespace gx::server::domain {

// A person's account on this relay.
struct Account {
  UserId id;
  QByteArray name;          // lower-case ASCII e-mail address
  QByteArray passwordHash;  // PHC string
  WallTime createdAt{};
};

}  // namespace gx::server::domain
