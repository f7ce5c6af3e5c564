// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/clock.h"
#include "server/sql/sql_connection.h"

namespace gx::server::sql {

// Which GX environment a store belongs to: written at its first use, compared ever after. Conflict other_environment
// naming both when they differ: a relay of another environment must not start on this store.
[[nodiscard]] Result<> checkEnvironmentStamp(SqlConnection &db, const QByteArray &environment, WallTime now);

// The stamp, empty when the store has none yet.
[[nodiscard]] Result<QByteArray> environmentStamp(SqlConnection &db);

}  // namespace gx::server::sql
