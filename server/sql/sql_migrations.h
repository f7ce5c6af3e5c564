// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/base/clock.h"
#include "server/sql/sql_connection.h"

namespace gx::server::sql {

// The numbered schema files the program carries, and which of them a database has. A file never changes once published.
class SqlMigrations final {
 public:
  struct File {
    int version = 0;
    QByteArray name;  // "001_initial.sql"
    QByteArray sql;
  };

  // In order of version.
  [[nodiscard]] static std::vector<File> files();
  // All of them as one text, for an operator to read or run.
  [[nodiscard]] static QByteArray printSql();

  // Brings the database to the newest version, each file in one transaction; returns how many were applied. Unsupported
  // when the database is newer than this program.
  [[nodiscard]] static Result<int> apply(SqlConnection &db, const Clock &clock);
  [[nodiscard]] static Result<int> version(SqlConnection &db);

 private:
  [[nodiscard]] static Result<> applyOne(SqlConnection &db, const Clock &clock, const File &file);
};

}  // namespace gx::server::sql
