// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_connection.h"

#include <QSqlError>
#include <atomic>

#include "core/base/logging.h"
#include "server/sql/sql_error.h"

namespace gx::server::sql {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<SqlConnection>> SqlConnection::openSqlite(const QString &path, SqlAccess access) {
  static std::atomic<quint64> counter{0};
  std::unique_ptr<SqlConnection> connection(new SqlConnection(u"gx-relay-%1"_s.arg(++counter)));
  connection->m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection->m_name);
  connection->m_database.setDatabaseName(path);
  connection->m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
  if (!connection->m_database.open()) return fail(sqlError(connection->m_database.lastError()));
  if (auto set = connection->setUp(access); !set) return fail(set.error());
  return connection;
}

SqlConnection::~SqlConnection() {
  m_prepared.clear();
  m_database.close();
  m_database = QSqlDatabase();
  QSqlDatabase::removeDatabase(m_name);
}

Result<> SqlConnection::setUp(SqlAccess access) {
  const QStringList pragmas{u"PRAGMA journal_mode = WAL"_s,  u"PRAGMA synchronous = FULL"_s,
                            u"PRAGMA foreign_keys = ON"_s,   u"PRAGMA temp_store = MEMORY"_s,
                            u"PRAGMA cache_size = -16384"_s, u"PRAGMA journal_size_limit = 67108864"_s};
  for (const QString &pragma : pragmas)
    if (auto done = run(pragma); !done) return done;
  if (access == SqlAccess::Read) return run(u"PRAGMA query_only = ON"_s);
  return {};
}

Result<> SqlConnection::run(const QString &sql) {
  QSqlQuery query(m_database);
  if (query.exec(sql)) return {};
  return fail(sqlError(query.lastError()));
}

QSqlQuery &SqlConnection::prepared(const char *literal) {
  const auto found = m_prepared.find(literal);
  if (found != m_prepared.end()) return found->second;
  QSqlQuery query(m_database);
  query.setForwardOnly(true);
  if (!query.prepare(QString::fromUtf8(literal)))
    qCCritical(lcServerSql) << "statement refused:" << query.lastError().databaseText();
  return m_prepared.emplace(literal, std::move(query)).first->second;
}

}  // namespace gx::server::sql
