// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/mailbox_book.h"

#include "server/sql/sql_migrations.h"
#include "tests/server/sql/sql_fixture.h"

namespace gx::test {

using namespace Qt::StringLiterals;
using server::sql::SqlMigrations;

class MailboxBookTest : public SqlTest {
 protected:
  MailboxBookTest() {
    EXPECT_TRUE(SqlMigrations::apply(db(), clock));
    EXPECT_TRUE(db().run(u"INSERT INTO \"MailboxHead\" (\"deviceId\", \"head\") VALUES (1, 7), (2, 0), (3, 0)"_s));
    EXPECT_TRUE(db().run(u"INSERT INTO \"Account\" VALUES (x'000102030405060708090a0b0c0d0e0f', 'n', 'h', 4, 0)"_s));
  }
  qint64 storedHead(qint64 device) {
    auto query = db().query(R"(SELECT "head" FROM "MailboxHead" WHERE "deviceId" = :device)");
    EXPECT_TRUE(query.bind(":device", device).one().value());
    return query.number(0);
  }
  static UserId user() {
    UserId id;
    for (unsigned char i = 0; i < 16; ++i) id.bytes[i] = i;
    return id;
  }
  ManualClock clock;
};

TEST_F(MailboxBookTest, ReadsOnceAndWritesAtTheFlush) {
  MailboxBook book;
  MailboxBook::Head *head = book.headOf(db(), DeviceId{1}).value();
  ASSERT_NE(head, nullptr);
  EXPECT_EQ(head->head, 7);
  head->head = 8;
  head->isChanged = true;

  EXPECT_EQ(book.headOf(db(), DeviceId{1}).value()->head, 8);
  EXPECT_EQ(storedHead(1), 7);
  ASSERT_TRUE(book.flush(db()));
  EXPECT_EQ(storedHead(1), 8);
}

TEST_F(MailboxBookTest, KnowsNoMailboxOfOthers) {
  MailboxBook book;

  EXPECT_EQ(book.headOf(db(), DeviceId{99}).value(), nullptr);
  EXPECT_EQ(book.generationOf(db(), UserId{}).value(), -1);
  EXPECT_EQ(book.generationOf(db(), user()).value(), 4);
}

TEST_F(MailboxBookTest, ForgetsWhenTold) {
  MailboxBook book;
  book.headOf(db(), DeviceId{1}).value()->head = 100;
  EXPECT_EQ(book.generationOf(db(), user()).value(), 4);
  ASSERT_TRUE(db().run(u"UPDATE \"Account\" SET \"deviceGeneration\" = 5"_s));
  EXPECT_EQ(book.generationOf(db(), user()).value(), 4);

  book.forget(user());
  book.forget(DeviceId{1});

  EXPECT_EQ(book.generationOf(db(), user()).value(), 5);
  EXPECT_EQ(book.headOf(db(), DeviceId{1}).value()->head, 7);
  book.headOf(db(), DeviceId{1}).value()->head = 100;
  book.forgetAll();
  EXPECT_EQ(book.headOf(db(), DeviceId{1}).value()->head, 7);
}

TEST_F(MailboxBookTest, WritesEverythingBeforeItMakesRoom) {
  MailboxBook book(2);
  for (const quint32 device : {1U, 2U, 3U}) {
    MailboxBook::Head *head = book.headOf(db(), DeviceId{device}).value();
    head->head = 50 + device;
    head->isChanged = true;
  }

  ASSERT_TRUE(book.flush(db()));

  for (const quint32 device : {1U, 2U, 3U}) {
    EXPECT_EQ(storedHead(device), 50 + device);
    EXPECT_EQ(book.headOf(db(), DeviceId{device}).value()->head, 50 + device);
  }
}

}  // namespace gx::test
