// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/sql/sql_connection.h"

namespace gx::server::sql {

// BEGIN IMMEDIATE … COMMIT; rolls back unless committed. Lives in the connection's thread.
class SqlTransaction final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<SqlTransaction>> begin(SqlConnection &connection);
  ~SqlTransaction();
  SqlTransaction(const SqlTransaction &) = delete;
  SqlTransaction &operator=(const SqlTransaction &) = delete;

  [[nodiscard]] Result<> commit();

 private:
  explicit SqlTransaction(SqlConnection &connection) : m_connection(connection) {}

  SqlConnection &m_connection;
  bool m_isOpen = true;
};

}  // namespace gx::server::sql
