// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/result.h"

class QSqlError;

namespace gx::server::sql {

// What a driver's error means to us: a full disk is Full storage_full, a broken constraint Conflict without a code, a
// damaged file Corrupt, waiting for another writer Unavailable, all else Storage. The driver's text names tables, never
// values.
[[nodiscard]] Error sqlError(const QSqlError &error);

}  // namespace gx::server::sql
