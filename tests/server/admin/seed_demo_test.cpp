// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/admin/seed_demo.h"

#include "tests/support/await.h"
#include "tests/support/temp_folder.h"

namespace gx::server::admin {

namespace {

class CountedAccounts final : public domain::AccountRepository {
 public:
  [[nodiscard]] Async<> create(domain::Account, std::optional<QByteArray>) override { co_return Result<>(); }
  [[nodiscard]] Async<domain::Account> find(QByteArray) override { co_return fail(ErrorKind::NotFound, ""); }
  [[nodiscard]] Async<domain::Account> findById(UserId) override { co_return fail(ErrorKind::NotFound, ""); }
  [[nodiscard]] Async<> changePassword(UserId, QByteArray) override { co_return Result<>(); }
  [[nodiscard]] Async<qint64> count() override { co_return accounts; }
  [[nodiscard]] Async<> addInvite(QByteArray, int, WallTime) override { co_return Result<>(); }
  qint64 accounts = 0;
};

class SeedDemoTest : public ::testing::Test {
 protected:
  Result<> claims(bool isDemo) { return test::await(claimFolder(m_folder.path(), isDemo, m_accounts)); }
  test::TempFolder m_folder;
  CountedAccounts m_accounts;
};

}  // namespace

TEST_F(SeedDemoTest, ADemoTakesAnEmptyStoreAndMarksIt) {
  EXPECT_FALSE(isDemoFolder(m_folder.path()));

  EXPECT_TRUE(claims(true));

  EXPECT_TRUE(isDemoFolder(m_folder.path()));
}

TEST_F(SeedDemoTest, ADemoStartsAgainOnItsOwnStore) {
  ASSERT_TRUE(claims(true));
  m_accounts.accounts = 4;

  EXPECT_TRUE(claims(true));
}

TEST_F(SeedDemoTest, ADemoDoesNotTouchSomebodysStore) {
  m_accounts.accounts = 1;

  const auto claimed = claims(true);

  ASSERT_FALSE(claimed);
  EXPECT_EQ(claimed.error().kind, ErrorKind::Conflict);
  EXPECT_FALSE(isDemoFolder(m_folder.path()));
}

TEST_F(SeedDemoTest, ADemosStoreIsNotServedWithoutSayingSo) {
  ASSERT_TRUE(claims(true));

  const auto claimed = claims(false);

  ASSERT_FALSE(claimed);
  EXPECT_TRUE(claimed.error().detail.contains("--demo"));
}

TEST_F(SeedDemoTest, AnybodyElseNeedsNoMark) {
  m_accounts.accounts = 7;

  EXPECT_TRUE(claims(false));
  EXPECT_FALSE(isDemoFolder(m_folder.path()));
}

TEST_F(SeedDemoTest, AFolderThatCannotBeMarkedIsAnError) {
  const auto claimed = test::await(claimFolder(QStringLiteral("/proc/nowhere"), true, m_accounts));

  ASSERT_FALSE(claimed);
  EXPECT_EQ(claimed.error().kind, ErrorKind::Storage);
}

}  // namespace gx::server::admin
