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
  // From user(), in the mailbox of device 1.
  void hasLetter(int number, int size) {
    const QString id = u"x'%1'"_s.arg(number, 32, 10, QChar(u'0'));
    const QString message =
        u"INSERT INTO \"Message\" VALUES (%1, x'00', x'000102030405060708090a0b0c0d0e0f', 5, %1, x'00', 'PAIRWISE', "
        "'ACCEPTED', 1, 0)"_s.arg(id);
    const QString letter =
        u"INSERT INTO \"Mailbox\" (\"deviceId\", \"seq\", \"messageId\", \"kind\", \"ciphertext\", "
        "\"createdAt\") VALUES (1, %1, %2, 'message', zeroblob(%3), 0)"_s;
    ASSERT_TRUE(db().run(message));
    ASSERT_TRUE(db().run(letter.arg(number).arg(id).arg(size)));
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

TEST_F(MailboxBookTest, CountsASharesLettersOnceAndKeepsCounting) {
  hasLetter(1, 100);
  hasLetter(2, 50);
  MailboxBook book;
  book.added(DeviceId{1}, user(), 7);  // nobody asked yet: nothing to keep

  EXPECT_EQ(book.shareOf(db(), DeviceId{1}, user()).value().letters, 2);
  EXPECT_EQ(book.shareOf(db(), DeviceId{1}, user()).value().bytes, 150);
  EXPECT_EQ(book.shareOf(db(), DeviceId{2}, user()).value().letters, 0);
  EXPECT_EQ(book.shareOf(db(), DeviceId{1}, UserId{}).value().letters, 0);
  book.added(DeviceId{1}, user(), 7);
  EXPECT_EQ(book.shareOf(db(), DeviceId{1}, user()).value().letters, 3);
  EXPECT_EQ(book.shareOf(db(), DeviceId{1}, user()).value().bytes, 157);
}

TEST_F(MailboxBookTest, CountsASharesLettersAgainWhenTold) {
  hasLetter(1, 100);
  MailboxBook book;
  const auto letters = [&] { return book.shareOf(db(), DeviceId{1}, user()).value().letters; };
  EXPECT_EQ(letters(), 1);
  ASSERT_TRUE(db().run(u"DELETE FROM \"Mailbox\""_s));
  EXPECT_EQ(letters(), 1);

  book.forgetShares(DeviceId{1});
  EXPECT_EQ(letters(), 0);

  hasLetter(2, 100);
  book.forget(DeviceId{1});
  EXPECT_EQ(letters(), 1);
  hasLetter(3, 100);
  book.forgetAll();
  EXPECT_EQ(letters(), 2);
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
