// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <vector>

#include "core/store/database.h"

namespace gx::store {

// The numbered files of schema/, in order; the version of a store is how many of them it has seen (PRAGMA
// user_version).
[[nodiscard]] std::vector<QByteArray> schemaSteps();

// Brings a store to `steps`, each in a transaction of its own. Unsupported (store_newer) if it has seen more than there
// are; then nothing is changed.
[[nodiscard]] Result<> migrate(Database &database, const std::vector<QByteArray> &steps);

}  // namespace gx::store
