// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "server/config/config.h"

namespace gx::server::admin {

// Brings the store to this program's schema without serving; returns a line for the operator. Locked while a relay
// serves it.
[[nodiscard]] Result<QByteArray> migrateStore(const config::Config &config, Clock &clock);

}  // namespace gx::server::admin
