// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_error.h"

#include <QSqlError>

#include "tests/server/sql/sql_fixture.h"

namespace gx::test {

using namespace Qt::StringLiterals;
using server::sql::sqlError;

namespace {

Error errorOf(const char *code) {
  return sqlError(QSqlError(u"driver"_s, u"no such thing"_s, QSqlError::StatementError, QString::fromLatin1(code)));
}

}  // namespace

TEST(SqlError, NamesWhatCanBeWaitedFor) {
  for (const char *busy : {"5", "6", "261", "517"}) {  // with their extended codes
    EXPECT_EQ(errorOf(busy).kind, ErrorKind::Unavailable) << busy;
    EXPECT_GT(errorOf(busy).retryAfter.count(), 0) << busy;
  }
  EXPECT_EQ(errorOf("13").kind, ErrorKind::Full);
  EXPECT_EQ(errorOf("13").code, "storage_full");
}

TEST(SqlError, NamesWhatIsBroken) {
  for (const char *constraint : {"19", "1555", "2067", "787"})
    EXPECT_EQ(errorOf(constraint).kind, ErrorKind::Conflict) << constraint;
  EXPECT_EQ(errorOf("11").kind, ErrorKind::Corrupt);
  EXPECT_EQ(errorOf("26").kind, ErrorKind::Corrupt);
  for (const char *other : {"1", "8", "10", "14", "", "x"}) EXPECT_EQ(errorOf(other).kind, ErrorKind::Storage) << other;
}

TEST(SqlError, CarriesTheDriversWordsForLogs) {
  EXPECT_EQ(errorOf("1").detail, "database: no such thing");
}

class SqlErrorOfSqliteTest : public SqlTest {};

TEST_F(SqlErrorOfSqliteTest, ABrokenConstraintIsAConflictAndNamesNoValue) {
  ASSERT_TRUE(insert(db(), 4711));

  const auto again = insert(db(), 4711);

  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::Conflict);
  EXPECT_FALSE(again.error().detail.contains("4711"));
}

TEST_F(SqlErrorOfSqliteTest, AReadingConnectionDoesNotWrite) {
  const auto reader = SqlConnection::openSqlite(path(), SqlAccess::Read);
  ASSERT_TRUE(reader);

  const auto written = insert(**reader, 1);

  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::Storage);
  EXPECT_EQ(count(db()), 0);
}

}  // namespace gx::test
