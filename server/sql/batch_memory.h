// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/sql/sql_connection.h"

namespace gx::server::sql {

// What is known in memory about rows while batches run, so that they need not be read each time. Lives in the writer's
// thread.
class BatchMemory {
 public:
  virtual ~BatchMemory() = default;

  // Writes what changed: before the commit, and before an act that may look at the rows themselves.
  [[nodiscard]] virtual Result<> flush(SqlConnection &db) = 0;
  // The transaction was undone: nothing in memory is true any more.
  virtual void forgetAll() = 0;
};

}  // namespace gx::server::sql
