// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include "server/sql/sql_store.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

using server::sql::BatchMemory;
using server::sql::FolderLock;
using server::sql::GroupWriter;
using server::sql::MailboxBook;
using server::sql::SqlAccess;
using server::sql::SqlConnection;
using server::sql::SqlPool;
using server::sql::SqlQuery;
using server::sql::SqlStore;
using server::sql::SqlStoreSettings;

// One connection to a fresh database with a small table, in the test's own thread.
class SqlTest : public testing::Test {
 protected:
  SqlTest() {
    auto opened = SqlConnection::openSqlite(path(), SqlAccess::Write);
    if (!opened) qFatal("%s", describe(opened.error()).constData());
    m_db = std::move(*opened);
    EXPECT_TRUE(
        db().run(QStringLiteral("CREATE TABLE \"T\" (\"id\" INTEGER PRIMARY KEY, \"text\" TEXT, \"bytes\" BLOB)")));
  }
  [[nodiscard]] QString path() const { return m_folder.file(QStringLiteral("test.db")); }
  SqlConnection &db() { return *m_db; }
  static Result<> insert(SqlConnection &db, qint64 id) {
    auto query = db.query(R"(INSERT INTO "T" ("id") VALUES (:id))");
    const auto made = query.bind(":id", id).change();
    if (!made) return fail(made.error());
    return {};
  }
  static qint64 count(SqlConnection &db) {
    auto query = db.query(R"(SELECT COUNT(*) FROM "T")");
    EXPECT_TRUE(query.one());
    return query.number(0);
  }

 private:
  TempFolder m_folder;
  std::unique_ptr<SqlConnection> m_db;
};

inline SqlStoreSettings storeIn(const TempFolder &folder, const QByteArray &environment = "test") {
  SqlStoreSettings settings;
  settings.folder = folder.path();
  settings.environment = environment;
  return settings;
}

}  // namespace gx::test
