// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/admin/doctor.h"

namespace gx::server::admin {

// Looks at the database in a data folder without changing it: schema, environment, damage. All three findings are Ok
// when there is no database yet.
[[nodiscard]] QList<Finding> checkStore(const QString &folder, const QByteArray &environment);

}  // namespace gx::server::admin
