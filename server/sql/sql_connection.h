// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QSqlDatabase>
#include <memory>
#include <unordered_map>

#include "server/sql/sql_query.h"

namespace gx::server::sql {

enum class SqlAccess { Write, Read };

// One open connection with its prepared statements. Lives in the thread that opened it, and is closed there.
class SqlConnection final {
 public:
  // SQLite at `path`: WAL, synchronous=FULL, foreign keys, 5 s for another process's lock.
  [[nodiscard]] static Result<std::unique_ptr<SqlConnection>> openSqlite(const QString &path, SqlAccess access);
  ~SqlConnection();
  SqlConnection(const SqlConnection &) = delete;
  SqlConnection &operator=(const SqlConnection &) = delete;

  // Prepared at the first use, then kept by the address of the literal. A text that cannot be prepared fails when it is
  // run.
  template <std::size_t N>
  [[nodiscard]] SqlQuery query(const char (&literal)[N]) {
    return SqlQuery(prepared(literal));
  }
  // A statement for once: pragmas, migrations, BEGIN.
  [[nodiscard]] Result<> run(const QString &sql);
  [[nodiscard]] qsizetype preparedCount() const { return qsizetype(m_prepared.size()); }

 private:
  explicit SqlConnection(QString name) : m_name(std::move(name)) {}
  [[nodiscard]] Result<> setUp(SqlAccess access);
  QSqlQuery &prepared(const char *literal);

  QString m_name;
  QSqlDatabase m_database;
  std::unordered_map<const char *, QSqlQuery> m_prepared;
};

}  // namespace gx::server::sql
