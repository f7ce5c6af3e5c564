// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/contract/repository_contract.h"

namespace gx::test {

GX_REPOSITORY_CONTRACT(AccountRepositoryContract);

TEST_P(AccountRepositoryContract, FindsWhatWasCreated) {
  const domain::Account alice = account("alice@gxcoin.test");

  const auto byName = await(ports().accounts.find("alice@gxcoin.test"));
  const auto byId = await(ports().accounts.findById(alice.id));

  ASSERT_TRUE(byName);
  EXPECT_EQ(byName->id, alice.id);
  EXPECT_EQ(byName->passwordHash, alice.passwordHash);
  EXPECT_EQ(byName->createdAt, alice.createdAt);
  ASSERT_TRUE(byId);
  EXPECT_EQ(byId->name, "alice@gxcoin.test");
  EXPECT_EQ(await(ports().accounts.count()).value(), 1);
}

TEST_P(AccountRepositoryContract, SaysNotFoundForTheUnknown) {
  EXPECT_EQ(codeOf(await(ports().accounts.find("nobody@gxcoin.test"))), "not_found");
  EXPECT_EQ(codeOf(await(ports().accounts.findById(UserId{}))), "not_found");
  EXPECT_EQ(codeOf(await(ports().accounts.changePassword(UserId{}, "x"))), "not_found");
}

TEST_P(AccountRepositoryContract, RefusesANameTwice) {
  account("alice@gxcoin.test");

  const domain::Account again{newId<UserId>(house().clock, house().random), "alice@gxcoin.test", "other", now()};
  const auto second = await(ports().accounts.create(again, std::nullopt));

  EXPECT_EQ(codeOf(second), "account_taken");
  EXPECT_EQ(await(ports().accounts.count()).value(), 1);
  EXPECT_NE(await(ports().accounts.find("alice@gxcoin.test"))->passwordHash, "other");
}

TEST_P(AccountRepositoryContract, ChangesAPassword) {
  const domain::Account alice = account("alice@gxcoin.test");

  ASSERT_TRUE(await(ports().accounts.changePassword(alice.id, "new")));

  EXPECT_EQ(await(ports().accounts.findById(alice.id))->passwordHash, "new");
}

TEST_P(AccountRepositoryContract, SpendsAnInviteOncePerUse) {
  const QByteArray invite = sha256("code");
  ASSERT_TRUE(await(ports().accounts.addInvite(invite, 2, now() + std::chrono::hours(1))));
  const auto join = [&](const QByteArray &name) {
    return await(ports().accounts.create({newId<UserId>(house().clock, house().random), name, "h", now()}, invite));
  };

  EXPECT_TRUE(join("a@gxcoin.test"));
  EXPECT_EQ(codeOf(join("a@gxcoin.test")), "account_taken");  // costs no use
  EXPECT_TRUE(join("b@gxcoin.test"));
  EXPECT_EQ(codeOf(join("c@gxcoin.test")), "invite_invalid");

  EXPECT_EQ(codeOf(await(ports().accounts.find("c@gxcoin.test"))), "not_found");  // nothing was left behind
}

TEST_P(AccountRepositoryContract, RefusesAnInvitePastItsTime) {
  ASSERT_TRUE(await(ports().accounts.addInvite(sha256("code"), 5, now() + std::chrono::hours(1))));
  house().clock.advance(std::chrono::hours(1));

  const domain::Account late{newId<UserId>(house().clock, house().random), "a@gxcoin.test", "h", now()};

  EXPECT_EQ(codeOf(await(ports().accounts.create(late, sha256("code")))), "invite_invalid");
  EXPECT_EQ(codeOf(await(ports().accounts.create(late, sha256("other")))), "invite_invalid");
}

TEST_P(AccountRepositoryContract, KeepsAccountsOverARestart) {
  const domain::Account alice = account("alice@gxcoin.test");

  house().restart();

  EXPECT_EQ(await(ports().accounts.find("alice@gxcoin.test"))->id, alice.id);
}

}  // namespace gx::test
