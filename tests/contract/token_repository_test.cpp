// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/launch.h"
#include "tests/contract/repository_contract.h"

namespace gx::test {

class TokenRepositoryContract : public RepositoryContract {
 protected:
  void SetUp() override {
    RepositoryContract::SetUp();
    alice = account("alice@gxcoin.test");
    session = signIn(alice, 5);
  }
  domain::RefreshRotation rotation(const QByteArray &old, const QByteArray &request, const QByteArray &next) {
    domain::RefreshRotation made;
    made.oldHash = old;
    made.requestId = request;
    made.sealedAnswer = "sealed:" + next;
    made.access = {sha256("a" + next), now() + std::chrono::minutes(10)};
    made.refresh = {sha256(next), session.refresh.family, now() + std::chrono::days(30), session.refresh.familyEndsAt};
    made.now = now();
    made.replayUntil = now() + std::chrono::seconds(60);
    return made;
  }
  Result<QByteArray> rotate(const QByteArray &old, const QByteArray &request, const QByteArray &next) {
    return await(ports().tokens.rotate(rotation(old, request, next)));
  }

  domain::Account alice;
  Session session;
};
INSTANTIATE_TEST_SUITE_P(Sqlite, TokenRepositoryContract, testing::Values(&sqliteHouse));

TEST_P(TokenRepositoryContract, FindsThePrincipalOfAnAccessToken) {
  const auto who = await(ports().tokens.findAccess(session.access.hash));

  ASSERT_TRUE(who);
  EXPECT_EQ(who->user, alice.id);
  EXPECT_EQ(who->device, session.device);
  EXPECT_EQ(who->state, wire::DeviceState::Pending);
  EXPECT_EQ(who->expiresAt, session.access.expiresAt);
}

TEST_P(TokenRepositoryContract, SaysConflictWithoutACodeForATakenDeviceId) {
  domain::Device same;
  same.id = session.device;
  same.user = alice.id;
  same.createdAt = now();

  const auto second = await(ports().tokens.start(same, {sha256("x"), now()}, {sha256("y"), "f", now(), now()}));

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::Conflict);
  EXPECT_EQ(codeOf(await(ports().tokens.findAccess(sha256("x")))), "not_found");
}

TEST_P(TokenRepositoryContract, LetsTheOldestPendingDeviceGoBeyondTheLimit) {
  for (quint32 id = 6; id <= 10; ++id) {
    house().clock.advance(std::chrono::seconds(1));
    signIn(alice, id);
  }
  house().clock.advance(std::chrono::seconds(1));
  domain::Device seventh;
  seventh.id = DeviceId{11};
  seventh.user = alice.id;
  seventh.createdAt = now();

  const auto gone = await(ports().tokens.start(seventh, {sha256("x"), now()}, {sha256("y"), "f", now(), now()}));

  ASSERT_TRUE(gone);
  EXPECT_EQ(*gone, std::vector<DeviceId>{session.device});
  EXPECT_EQ(await(ports().devices.list(alice.id))->size(), 6u);
}

TEST_P(TokenRepositoryContract, RotatesOnce) {
  const auto first = rotate(session.refresh.hash, "request-1", "next-1");

  ASSERT_TRUE(first);
  EXPECT_TRUE(first->isEmpty());
  EXPECT_TRUE(await(ports().tokens.findAccess(sha256("anext-1"))));
  const auto owner = await(ports().tokens.findRefresh(sha256("next-1")));
  ASSERT_TRUE(owner);
  EXPECT_EQ(owner->device.id, session.device);
  EXPECT_EQ(owner->record.family, session.refresh.family);
  EXPECT_EQ(owner->record.familyEndsAt, session.refresh.familyEndsAt);
}

TEST_P(TokenRepositoryContract, RepeatsTheVeryAnswerToTheSameRequest) {
  ASSERT_TRUE(rotate(session.refresh.hash, "request-1", "next-1"));
  house().clock.advance(std::chrono::seconds(59));

  const auto again = rotate(session.refresh.hash, "request-1", "other");

  ASSERT_TRUE(again);
  EXPECT_EQ(*again, "sealed:next-1");
  EXPECT_EQ(codeOf(await(ports().tokens.findRefresh(sha256("other")))), "not_found");
}

TEST_P(TokenRepositoryContract, TellsAnotherRequestInTimeThatOneIsUnderWay) {
  ASSERT_TRUE(rotate(session.refresh.hash, "request-1", "next-1"));

  EXPECT_EQ(codeOf(rotate(session.refresh.hash, "request-2", "next-2")), "refresh_in_progress");

  EXPECT_TRUE(await(ports().tokens.findAccess(sha256("anext-1"))));  // nobody was signed out
}

TEST_P(TokenRepositoryContract, TakesTheFamilyWhenASpentTokenComesLate) {
  ASSERT_TRUE(rotate(session.refresh.hash, "request-1", "next-1"));
  house().clock.advance(std::chrono::seconds(60));

  EXPECT_EQ(codeOf(rotate(session.refresh.hash, "request-1", "next-2")), "token_reused");

  EXPECT_EQ(codeOf(await(ports().tokens.findAccess(session.access.hash))), "not_found");
  EXPECT_EQ(codeOf(await(ports().tokens.findAccess(sha256("anext-1")))), "not_found");
  EXPECT_EQ(codeOf(rotate(sha256("next-1"), "request-3", "next-3")), "unauthorized");
}

TEST_P(TokenRepositoryContract, RefusesIdleOldAndUnknownTokens) {
  EXPECT_EQ(codeOf(rotate(sha256("unknown"), "r", "n")), "unauthorized");
  house().clock.advance(std::chrono::days(30));
  EXPECT_EQ(codeOf(rotate(session.refresh.hash, "r", "n")), "unauthorized");
}

TEST_P(TokenRepositoryContract, EndsASessionAndDeletesThePendingDevice) {
  const DeviceId active = activeDevice(account("bob@gxcoin.test"), 8);

  ASSERT_TRUE(await(ports().tokens.endSession(session.device)));
  ASSERT_TRUE(await(ports().tokens.endSession(active)));

  EXPECT_EQ(codeOf(await(ports().devices.find(session.device))), "not_found");
  ASSERT_TRUE(await(ports().devices.find(active)));
  EXPECT_EQ(await(ports().devices.find(active))->state, wire::DeviceState::Active);
  EXPECT_EQ(codeOf(await(ports().tokens.findAccess(sha256("access8")))), "not_found");
}

TEST_P(TokenRepositoryContract, RemovesWhatIsPastItsTime) {
  ASSERT_TRUE(rotate(session.refresh.hash, "request-1", "next-1"));
  house().clock.advance(std::chrono::minutes(10));

  EXPECT_EQ(await(ports().tokens.removeExpired(now())).value(), 2);  // both access tokens
  house().clock.advance(std::chrono::days(30));
  EXPECT_EQ(await(ports().tokens.removeExpired(now())).value(), 2);  // both refresh tokens
  EXPECT_EQ(await(ports().tokens.removeExpired(now())).value(), 0);
}

// 100 requests with one token at once: one wins, none signs the device out.
TEST_P(TokenRepositoryContract, LetsOneOfManyParallelRotationsWin) {
  int won = 0;
  int late = 0;
  QObject context;
  for (int i = 0; i < 100; ++i) {
    const QByteArray number = QByteArray::number(i);
    launch(&context, ports().tokens.rotate(rotation(session.refresh.hash, "r" + number, "n" + number)),
           [&](const Result<QByteArray> &answer) {
             won += answer && answer->isEmpty() ? 1 : 0;
             late += codeOf(answer) == "refresh_in_progress" ? 1 : 0;
           });
  }

  ASSERT_TRUE(waitUntil([&] { return won + late == 100; }));

  EXPECT_EQ(won, 1);
}

}  // namespace gx::test
