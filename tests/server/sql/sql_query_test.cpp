// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <QFile>

#include "tests/server/sql/sql_fixture.h"

namespace gx::test {

using namespace Qt::StringLiterals;

class SqlQueryTest : public SqlTest {};

TEST_F(SqlQueryTest, BindsAndReadsEveryType) {
  ASSERT_TRUE(db().run(u"CREATE TABLE \"V\" (\"a\", \"b\", \"c\", \"d\", \"e\", \"f\")"_s));
  ManualClock clock;
  const auto user = parseId<UserId>("01900000-0000-7000-8000-0000000000ff").value();
  auto insert = db().query(R"(INSERT INTO "V" VALUES (:number, :bytes, :text, :id, :time, :nothing))");
  insert.bind(":number", qint64(-5)).bind(":bytes", QByteArray("\0\1\xff", 3)).bindText(":text", "gr\xc3\xbc\xc3\x9f");
  insert.bind(":id", user).bind(":time", clock.wallNow()).bindNull(":nothing");
  ASSERT_EQ(insert.change().value(), 1);

  auto query = db().query(R"(SELECT * FROM "V")");

  ASSERT_TRUE(query.one().value());
  EXPECT_EQ(query.number(0), -5);
  EXPECT_EQ(query.bytes(1), QByteArray("\0\1\xff", 3));
  EXPECT_EQ(query.text(2), "gr\xc3\xbc\xc3\x9f");
  EXPECT_EQ(query.id<UserId>(3), user);
  EXPECT_EQ(query.time(4), clock.wallNow());
  EXPECT_TRUE(query.isNull(5));
}

TEST_F(SqlQueryTest, StoresNothingAsEmptyNotAsNull) {
  ASSERT_TRUE(db().run(u"CREATE TABLE \"V\" (\"text\" TEXT NOT NULL, \"bytes\" BLOB NOT NULL)"_s));

  auto query = db().query(R"(INSERT INTO "V" VALUES (:text, :bytes))");

  EXPECT_EQ(query.bindText(":text", QByteArray()).bind(":bytes", QByteArray()).change().value(), 1);
}

TEST_F(SqlQueryTest, CallsForEachRow) {
  for (qint64 id = 1; id <= 5; ++id) ASSERT_TRUE(insert(db(), id));
  std::vector<qint64> ids;

  auto query = db().query(R"(SELECT "id" FROM "T" WHERE "id" > :least ORDER BY "id" DESC)");
  ASSERT_TRUE(query.bind(":least", qint64(2)).each([&](const SqlQuery &row) { ids.push_back(row.number(0)); }));

  EXPECT_EQ(ids, (std::vector<qint64>{5, 4, 3}));
}

TEST_F(SqlQueryTest, IsPreparedOnceAndTakesOneNameTwice) {
  const qsizetype before = db().preparedCount();
  for (qint64 id = 1; id <= 10; ++id) {
    auto query = db().query(R"(INSERT INTO "T" ("id", "text") VALUES (:id, 'n' || :id))");
    ASSERT_TRUE(query.bind(":id", id).change());
  }
  EXPECT_EQ(db().preparedCount(), before + 1);
  auto query = db().query(R"(SELECT "text" FROM "T" WHERE "id" = 7)");
  ASSERT_TRUE(query.one().value());
  EXPECT_EQ(query.text(0), "n7");
}

TEST_F(SqlQueryTest, SaysWhatKindOfFailureItWas) {
  ASSERT_TRUE(insert(db(), 1));

  EXPECT_EQ(insert(db(), 1).error().kind, ErrorKind::Conflict);
  auto broken = db().query("SELECT nonsense FROM nowhere");
  EXPECT_EQ(broken.one().error().kind, ErrorKind::Storage);
  ASSERT_TRUE(db().run(u"PRAGMA max_page_count = 10"_s));
  auto large = db().query(R"(INSERT INTO "T" ("bytes") VALUES (:bytes))");
  const auto full = large.bind(":bytes", QByteArray(1 << 20, 'x')).change();
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().kind, ErrorKind::Full);
  EXPECT_EQ(full.error().code, "storage_full");
  EXPECT_FALSE(full.error().detail.contains("xxx"));
}

// A read that stays open would keep an old state of the database alive.
TEST_F(SqlQueryTest, LeavesNoReadOpen) {
  auto other = SqlConnection::openSqlite(path(), SqlAccess::Read).value();
  {
    auto query = other->query(R"(SELECT "id" FROM "T")");
    ASSERT_FALSE(query.one().value());
  }
  ASSERT_TRUE(insert(db(), 1));

  EXPECT_EQ(count(*other), 1);
}

TEST_F(SqlQueryTest, ReadConnectionsDoNotWrite) {
  auto reader = SqlConnection::openSqlite(path(), SqlAccess::Read).value();

  EXPECT_FALSE(insert(*reader, 1));
}

TEST_F(SqlQueryTest, RunsDurably) {
  auto mode = db().query("PRAGMA journal_mode");
  ASSERT_TRUE(mode.one().value());
  EXPECT_EQ(mode.text(0), "wal");
  auto synchronous = db().query("PRAGMA synchronous");
  ASSERT_TRUE(synchronous.one().value());
  EXPECT_EQ(synchronous.number(0), 2);
}

TEST_F(SqlQueryTest, SaysThatAFileIsNoDatabase) {
  TempFolder folder;
  QFile file(folder.file(u"x.db"_s));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(QByteArray(8192, 'x'));
  file.close();

  const auto opened = SqlConnection::openSqlite(file.fileName(), SqlAccess::Write);

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::Corrupt);
}

}  // namespace gx::test
