// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/admin/test_accounts.h"

#include <gtest/gtest.h>

#include <QFile>

#include "tests/support/temp_folder.h"

namespace gx::server::admin {

namespace {

class TestAccountsTest : public ::testing::Test {
 protected:
  QString writes(const QByteArray &json, bool isPrivate = true) {
    QFile file(m_folder.file(QStringLiteral("accounts.json")));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(json);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | (isPrivate ? QFile::Permissions() : QFile::ReadGroup));
    return file.fileName();
  }
  test::TempFolder m_folder;
};

}  // namespace

TEST_F(TestAccountsTest, TheDemoHasFourPeople) {
  const auto accounts = demoAccounts();

  ASSERT_EQ(accounts.size(), 4);
  EXPECT_EQ(accounts[0].account, "alice@gxcoin.test");
  EXPECT_EQ(accounts[1].account, "bob@gxcoin.test");
  for (const TestAccount &account : accounts) EXPECT_EQ(account.password, "TestPass123");
}

TEST_F(TestAccountsTest, ReadsAListOrOneAccount) {
  const auto list = readTestAccounts(
      writes(R"({"accounts":[{"account":"a@x.test","password":"one"},{"account":"b@x.test","password":"two"}]})"));
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 2);
  EXPECT_EQ(list->at(1).account, "b@x.test");
  EXPECT_EQ(list->at(1).password, "two");

  const auto one = readTestAccounts(writes(R"({"account":"a@x.test","password":"one"})"));
  ASSERT_TRUE(one);
  EXPECT_EQ(one->size(), 1);
}

TEST_F(TestAccountsTest, RefusesAFileOthersMayRead) {
  const auto accounts = readTestAccounts(writes(R"({"account":"a@x.test","password":"one"})", false));

  ASSERT_FALSE(accounts);
  EXPECT_EQ(accounts.error().kind, ErrorKind::Untrusted);
}

TEST_F(TestAccountsTest, NamesTheFileAndTheFieldThatIsWrong) {
  for (const char *json : {"", "[]", "{}", R"({"accounts":{}})", R"({"accounts":[{"account":"a@x.test"}]})",
                           R"({"account":5,"password":"x"})"}) {
    const auto accounts = readTestAccounts(writes(json));
    ASSERT_FALSE(accounts) << json;
    EXPECT_TRUE(accounts.error().detail.startsWith(m_folder.path().toUtf8())) << accounts.error().detail.constData();
  }
  EXPECT_EQ(readTestAccounts(QStringLiteral("/nowhere/x.json")).error().kind, ErrorKind::NotFound);
}

}  // namespace gx::server::admin
