// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_transaction.h"

#include "core/base/logging.h"

namespace gx::server::sql {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<SqlTransaction>> SqlTransaction::begin(SqlConnection &connection) {
  if (auto begun = connection.query("BEGIN IMMEDIATE").change(); !begun) return fail(begun.error());
  return std::unique_ptr<SqlTransaction>(new SqlTransaction(connection));
}

SqlTransaction::~SqlTransaction() {
  if (!m_isOpen) return;
  // A full disk may have rolled back by itself; then there is nothing left to do.
  if (auto undone = m_connection.query("ROLLBACK").change(); !undone)
    qCDebug(lcServerSql) << "rollback:" << describe(undone.error());
}

Result<> SqlTransaction::commit() {
  auto done = m_connection.query("COMMIT").change();
  if (!done) return fail(done.error());
  m_isOpen = false;
  return {};
}

}  // namespace gx::server::sql
