// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/statement.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class StatementTest : public StoreTest {};

TEST_F(StatementTest, CarriesEveryKindOfValueThere) {
  auto statement = database->statement("SELECT :number, :text, :bytes, :empty, :id, :none, :when, :device");
  statement.bind(":number", qint64{-5})
      .bind(":text", u"grüß"_s)
      .bind(":bytes", QByteArray("a\0b", 3))
      .bind(":empty", QByteArray(""))
      .bind(":id", bob)
      .bind(":none", std::optional<UserId>())
      .bind(":when", fromMillis(1234))
      .bind(":device", DeviceId{7});

  ASSERT_TRUE(must(statement.step()));

  EXPECT_EQ(statement.number(0), -5);
  EXPECT_EQ(statement.text(1), u"grüß"_s);
  EXPECT_EQ(statement.bytes(2), QByteArray("a\0b", 3));
  EXPECT_FALSE(statement.isNull(3));
  EXPECT_EQ(statement.id<UserId>(4), bob);
  EXPECT_FALSE(statement.optionalId<UserId>(5));
  EXPECT_EQ(statement.time(6), fromMillis(1234));
  EXPECT_EQ(statement.device(7), DeviceId{7});
  EXPECT_FALSE(must(statement.step()));
}

TEST_F(StatementTest, ReadsAnythingElseThanSixteenBytesAsNoId) {
  auto statement = database->statement("SELECT x'0102'");

  ASSERT_TRUE(must(statement.step()));

  EXPECT_TRUE(statement.id<UserId>(0).isNull());
}

TEST_F(StatementTest, TellsAMissingNameAndBadSqlAtTheFirstStep) {
  EXPECT_FALSE(database->statement("SELECT :a").bind(":b", 1).step());
  EXPECT_FALSE(database->statement("SELEKT 1").step());
  EXPECT_FALSE(database->statement("SELEKT 2").bind(":a", u"x"_s).run());
}

TEST_F(StatementTest, DoesNotTellWhatWasBound) {
  const auto failed = database->statement("INSERT INTO participant(conversation, user) VALUES (:a, :b)")
                          .bind(":a", QByteArray("secret"))
                          .bind(":b", QByteArray("secret"))
                          .run();

  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::Conflict);
  EXPECT_FALSE(describe(failed.error()).contains("secret"));
}

TEST_F(StatementTest, CanBeUsedTwiceAtATime) {
  static const char *const kSql = "SELECT name FROM setting ORDER BY name";
  must(database->execute("INSERT INTO setting(name, value) VALUES ('a', ''), ('b', '')"));
  auto outer = database->statement(kSql);
  ASSERT_TRUE(must(outer.step()));

  const auto inner = must(database->statement(kSql).all([](const store::Statement &row) { return row.text(0); }));

  EXPECT_EQ(inner, (std::vector<QString>{u"a"_s, u"b"_s}));
  ASSERT_TRUE(must(outer.step()));
  EXPECT_EQ(outer.text(0), u"b"_s);
}

TEST_F(StatementTest, AnswersTheFirstRowOrNothing) {
  const auto name = [](const store::Statement &row) { return row.text(0); };

  EXPECT_FALSE(must(database->statement("SELECT name FROM setting").first(name)));
  EXPECT_EQ(must(database->statement("SELECT name FROM setting").value()), 0);
  EXPECT_EQ(must(database->statement("SELECT 'x'").first(name)), u"x"_s);
}

}  // namespace

}  // namespace gx::test
