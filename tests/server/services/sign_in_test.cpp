// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/launch.h"
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class SignInTest : public ServicesTest {
 protected:
  SignInTest() { hasAccount("alice@gxcoin.test"); }
};

TEST_F(SignInTest, MakesAPendingDeviceEachTime) {
  const auto first = logsIn("alice@gxcoin.test");
  const auto second = logsIn("alice@gxcoin.test");

  ASSERT_TRUE(first && second);
  EXPECT_NE(first->deviceId, second->deviceId);
  EXPECT_EQ(first->deviceState, wire::DeviceState::Pending);
  EXPECT_EQ(first->account, "alice@gxcoin.test");
  EXPECT_EQ(first->environment, "test");
  EXPECT_EQ(first->serverTime, toMillis(house.clock.wallNow()));
  EXPECT_TRUE(first->tokens.accessToken.startsWith("gxa_"));
  EXPECT_TRUE(first->tokens.refreshToken.startsWith("gxr_"));
  EXPECT_EQ(first->tokens.accessExpiresIn, 600);
  EXPECT_EQ(first->tokens.refreshExpiresIn, 30 * 24 * 3600);
  EXPECT_EQ(await(house.ports().devices.find(first->deviceId))->name, "laptop");
}

// Case 34.
TEST_F(SignInTest, A34_AnswersTheSameToAnUnknownAccountAndAWrongPassword) {
  const auto wrong = logsIn("alice@gxcoin.test", "not the password");
  const auto unknown = logsIn("nobody@gxcoin.test", "not the password");

  ASSERT_FALSE(wrong || unknown);
  EXPECT_EQ(wrong.error(), unknown.error());
  EXPECT_EQ(wrong.error().code, "wrong_credentials");
  EXPECT_EQ(refusalOf(logsIn("alice@gxcoin.test", QByteArray(1024 * 1024, 'x'))), "wrong_credentials");
  EXPECT_EQ(refusalOf(logsIn("Alice@gxcoin.test")), "wrong_credentials");
}

// Case 32.
TEST_F(SignInTest, SlowsGuessingFromOneAddressOnly) {
  for (int i = 0; i < 6; ++i) EXPECT_EQ(refusalOf(logsIn("alice@gxcoin.test", "wrong")), "wrong_credentials") << i;

  const auto slowed = logsIn("alice@gxcoin.test");
  EXPECT_EQ(refusalOf(slowed), "rate_limited");
  EXPECT_EQ(slowed.error().retryAfter, std::chrono::seconds(1));
  EXPECT_TRUE(logsIn("alice@gxcoin.test", kPassword, "198.51.100.7"));

  house.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(refusalOf(logsIn("alice@gxcoin.test", "wrong")), "wrong_credentials");
  EXPECT_EQ(logsIn("alice@gxcoin.test").error().retryAfter, std::chrono::seconds(2));
  house.clock.advance(std::chrono::seconds(2));
  EXPECT_TRUE(logsIn("alice@gxcoin.test"));
  EXPECT_EQ(refusalOf(logsIn("alice@gxcoin.test", "wrong")), "wrong_credentials");  // free tries again
}

// Case 35: what would need more memory than we give waits or is refused.
TEST_F(SignInTest, RefusesWhenTooManyHashesWait) {
  settings.parallelHashes = 2;
  settings.waitingHashes = 4;
  build();
  int good = 0;
  int refused = 0;
  QObject context;
  for (int i = 0; i < 20; ++i) {
    launch(&context, all->signIn.login({"alice@gxcoin.test", kPassword, "d"}, QByteArray::number(i)),
           [&](const Result<wire::LoginResponse> &login) {
             good += login ? 1 : 0;
             refused += refusalOf(login) == "unavailable" ? 1 : 0;
           });
  }
  ASSERT_TRUE(waitUntil([&] { return good + refused == 20; }));

  EXPECT_GE(good, 6);
  EXPECT_GT(refused, 0);
}

TEST_F(SignInTest, RenewsAHashOfAnotherCost) {
  const auto before = await(house.ports().accounts.find("alice@gxcoin.test"))->passwordHash;
  settings.hashCost = {16 * 1024, 2};
  build();

  ASSERT_TRUE(logsIn("alice@gxcoin.test"));

  const auto after = await(house.ports().accounts.find("alice@gxcoin.test"))->passwordHash;
  EXPECT_NE(before, after);
  EXPECT_TRUE(after.startsWith("$argon2id$v=19$m=16,t=2,p=1$"));
  EXPECT_TRUE(logsIn("alice@gxcoin.test"));
}

// Case 33.
TEST(SignInLimit, HoldsFailuresPerAddressButNotSuccesses) {
  HouseSettings houseSettings;
  cache::ruleOf(houseSettings.rules, domain::Limit::LoginAddress) = {3, std::chrono::seconds(10)};
  SqliteHouse house(houseSettings);
  services::ServiceSettings settings;
  settings.hashCost = {8 * 1024, 1};
  services::PasswordHash hash(house.random, settings);
  services::Tokens tokens(house.ports(), settings);
  services::SignIn signIn(house.ports(), hash, tokens, settings);
  services::SignUp signUp(house.ports(), hash, settings);
  ASSERT_TRUE(await(signUp.seed("a@gxcoin.test", "TestPass123")));
  const auto login = [&](const QByteArray &account, const QByteArray &password) {
    return refusalOf(await(signIn.login({account, password, "d"}, "192.0.2.1")));
  };

  for (int i = 0; i < 5; ++i) EXPECT_EQ(login("a@gxcoin.test", "TestPass123"), "");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(login("u" + QByteArray::number(i) + "@x.test", "wrong"), "wrong_credentials");
  EXPECT_EQ(login("u9@x.test", "wrong"), "rate_limited");
}

TEST(GuessBrake, DoublesUpToAQuarterOfAnHourAndForgets) {
  ManualClock clock;
  services::GuessBrake brake(clock);
  for (int i = 0; i < 5; ++i) brake.failed("k");
  EXPECT_TRUE(brake.check("k"));

  for (int i = 0; i < 30; ++i) brake.failed("k");
  EXPECT_EQ(brake.check("k").error().retryAfter, std::chrono::minutes(15));
  EXPECT_TRUE(brake.check("other"));
  clock.advance(std::chrono::minutes(15));
  EXPECT_TRUE(brake.check("k"));

  clock.advance(std::chrono::hours(1));
  brake.failed("k");
  EXPECT_TRUE(brake.check("k"));
  brake.undo("k");
  EXPECT_EQ(brake.size(), 0);
}

TEST(GuessBrake, IsBounded) {
  ManualClock clock;
  services::GuessBrake brake(clock);

  for (int i = 0; i < 150'000; ++i) brake.failed(QByteArray::number(i));

  EXPECT_LE(brake.size(), 100'001);
}

}  // namespace gx::test
