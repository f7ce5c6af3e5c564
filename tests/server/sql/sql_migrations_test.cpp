// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_migrations.h"

#include "tests/server/sql/sql_fixture.h"

namespace gx::test {

using namespace Qt::StringLiterals;
using server::sql::SqlMigrations;

class SqlMigrationsTest : public SqlTest {
 protected:
  QByteArray schema(SqlConnection &connection) {
    QByteArray text;
    auto query = connection.query(R"(SELECT "sql" FROM "sqlite_master" WHERE "sql" IS NOT NULL ORDER BY "name")");
    EXPECT_TRUE(query.each([&](const SqlQuery &row) { text += row.text(0) + '\n'; }));
    return text;
  }
  ManualClock clock;
};

TEST_F(SqlMigrationsTest, BringAFreshDatabaseToTheNewest) {
  EXPECT_EQ(SqlMigrations::version(db()).value(), 0);

  const auto applied = SqlMigrations::apply(db(), clock);

  ASSERT_TRUE(applied);
  EXPECT_EQ(*applied, int(SqlMigrations::files().size()));
  EXPECT_EQ(SqlMigrations::version(db()).value(), SqlMigrations::files().back().version);
}

TEST_F(SqlMigrationsTest, AreAppliedOnce) {
  ASSERT_TRUE(SqlMigrations::apply(db(), clock));
  const QByteArray before = schema(db());

  EXPECT_EQ(SqlMigrations::apply(db(), clock).value(), 0);

  EXPECT_EQ(schema(db()), before);
}

// PRODUCT.md: an operator finds these names.
TEST_F(SqlMigrationsTest, NameTheTablesAsTheProductDoes) {
  ASSERT_TRUE(SqlMigrations::apply(db(), clock));
  const QByteArray all = schema(db());

  for (const char *table :
       {"Conversation", "ConversationParticipant", "Message", "MessageDeliveryReceipt", "UserSignalKey", "SignalPreKey",
        "Account", "Device", "DeviceManifest", "RefreshToken", "Mailbox", "StoreInfo"})
    EXPECT_TRUE(all.contains(QByteArray("CREATE TABLE \"") + table + '"')) << table;
  for (const char *column : {"conversationId", "senderId", "senderDeviceId", "clientMsgId", "bodyHash", "createdAt",
                             "deliveredAt", "keyId", "publicKey"})
    EXPECT_TRUE(all.contains(QByteArray("\"") + column + '"')) << column;
  for (const char *value : {"'DIRECT', 'GROUP'", "'OWNER', 'ADMIN', 'MEMBER'", "'PAIRWISE', 'SENDER_KEY'",
                            "'ACCEPTED', 'DELIVERED'", "'EXPIRED'"})
    EXPECT_TRUE(all.contains(value)) << value;
}

// What SQLite calls an ephemeral table is built and thrown away with each statement.
TEST_F(SqlMigrationsTest, WriteTheBusyTablesWithoutTemporaryOnes) {
  ASSERT_TRUE(SqlMigrations::apply(db(), clock));

  const auto opcodes = [](SqlQuery query) {
    QByteArray text;
    EXPECT_TRUE(query.each([&](const SqlQuery &row) { text += row.text(1) + ' '; }));
    return text;
  };
  const QByteArray message = opcodes(db().query(R"(EXPLAIN INSERT INTO "Message" VALUES (x'01', x'02', x'03', 4, x'05',
                                                  x'06', 'PAIRWISE', 'ACCEPTED', 1, 7))"));
  const QByteArray status =
      opcodes(db().query(R"(EXPLAIN UPDATE "Message" SET "status" = 'EXPIRED' WHERE "id" = x'01')"));
  const QByteArray letter = opcodes(db().query(R"(EXPLAIN INSERT INTO "Mailbox" ("deviceId", "seq", "messageId", "kind",
                                                 "ciphertext", "createdAt") VALUES (1, 2, x'03', 'message', x'04', 5))"));

  for (const QByteArray &plan : {message, status, letter}) {
    EXPECT_TRUE(plan.contains("Insert ")) << plan.constData();
    EXPECT_FALSE(plan.contains("OpenEphemeral")) << plan.constData();
  }
}

TEST_F(SqlMigrationsTest, RefuseANewerDatabase) {
  ASSERT_TRUE(SqlMigrations::apply(db(), clock));
  ASSERT_TRUE(db().run(u"INSERT INTO \"SchemaVersion\" VALUES (999, '999_future.sql', 0)"_s));

  const auto applied = SqlMigrations::apply(db(), clock);

  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().kind, ErrorKind::Unsupported);
  EXPECT_TRUE(applied.error().detail.contains("999"));
}

// Case 219: half of a file is none of it.
TEST_F(SqlMigrationsTest, LeaveNothingOfAFileThatFails) {
  ASSERT_TRUE(db().run(u"CREATE TABLE \"Message\" (\"x\")"_s));  // stands in the way
  const QByteArray before = schema(db());

  const auto applied = SqlMigrations::apply(db(), clock);

  ASSERT_FALSE(applied);
  EXPECT_TRUE(applied.error().detail.startsWith("001_initial.sql"));
  EXPECT_FALSE(schema(db()).contains("CREATE TABLE \"Account\""));
  EXPECT_EQ(SqlMigrations::version(db()).value(), 0);
  ASSERT_TRUE(db().run(u"DROP TABLE \"Message\""_s));
  EXPECT_TRUE(SqlMigrations::apply(db(), clock));
  EXPECT_NE(schema(db()), before);
}

TEST_F(SqlMigrationsTest, PrintWhatTheyRun) {
  const QByteArray printed = SqlMigrations::printSql();

  for (const auto &file : SqlMigrations::files()) {
    EXPECT_TRUE(printed.contains(file.name));
    EXPECT_TRUE(printed.contains(file.sql));
  }
}

TEST_F(SqlMigrationsTest, AreNumberedWithoutGaps) {
  int expected = 1;
  for (const auto &file : SqlMigrations::files()) EXPECT_EQ(file.version, expected++) << file.name.toStdString();
}

}  // namespace gx::test
