// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/sealed_answer.h"
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class TokensTest : public ServicesTest {
 protected:
  TokensTest() { hasAccount("alice@gxcoin.test"); }
  static wire::RefreshRequest request(const TestDevice &device, const QByteArray &token, const QByteArray &id) {
    wire::RefreshRequest made{token, id, {}};
    if (device.keys.identityKey) made.signature = device.sign(made.signedBytes());
    return made;
  }
  Result<wire::TokenPair> refreshes(const TestDevice &device, const QByteArray &token, const QByteArray &id) {
    return await(all->tokens.refresh(request(device, token, id)));
  }
  QByteArray check(const QByteArray &token) { return refusalOf(await(all->tokens.check(token))); }
};

TEST_F(TokensTest, KnowsTheDeviceOfAToken) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");

  EXPECT_EQ(device.who.user, device.login.userId);
  EXPECT_EQ(device.who.device, device.login.deviceId);
  EXPECT_FALSE(device.who.isActive());
  EXPECT_EQ(all->tokens.known(device.login.tokens.accessToken), device.who);
  restart();
  EXPECT_FALSE(all->tokens.known(device.login.tokens.accessToken));
  EXPECT_EQ(check(device.login.tokens.accessToken), "");
}

// Cases 39, 40, 41: whatever is no token of ours is refused, most of it without asking the store.
TEST_F(TokensTest, RefusesEverythingElse) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");
  const QByteArray refused[] = {
      "",
      "gxa_",
      device.login.tokens.accessToken + "x",
      device.login.tokens.accessToken.chopped(1),
      device.login.tokens.accessToken.toLower() + "",
      device.login.tokens.refreshToken,
      "gxa_" + device.login.tokens.refreshToken.mid(4),
      "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.",
      QByteArray(1024 * 1024, 'a'),
  };
  for (const QByteArray &token : refused) EXPECT_EQ(check(token), "unauthorized") << token.left(60).toStdString();
  EXPECT_EQ(refusalOf(refreshes(device, device.login.tokens.accessToken, "r")), "unauthorized");
  EXPECT_EQ(refusalOf(refreshes(device, "gxr_" + QByteArray(43, 'A'), "r")), "unauthorized");
}

TEST_F(TokensTest, ExpireAfterTenMinutes) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");
  house.clock.advance(std::chrono::minutes(10) - std::chrono::milliseconds(1));
  EXPECT_EQ(check(device.login.tokens.accessToken), "");
  house.clock.advance(std::chrono::milliseconds(1));

  EXPECT_EQ(check(device.login.tokens.accessToken), "unauthorized");
  EXPECT_FALSE(all->tokens.known(device.login.tokens.accessToken));
}

TEST_F(TokensTest, RefreshIntoAWorkingPair) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");

  const auto pair = refreshes(device, device.login.tokens.refreshToken, "r1");

  ASSERT_TRUE(pair);
  EXPECT_EQ(check(pair->accessToken), "");
  const auto next = refreshes(device, pair->refreshToken, "r2");
  ASSERT_TRUE(next);
  EXPECT_NE(next->refreshToken, pair->refreshToken);
}

// Case 43.
TEST_F(TokensTest, RepeatTheVerySameAnswer) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");
  const auto first = refreshes(device, device.login.tokens.refreshToken, "r1");
  house.clock.advance(std::chrono::seconds(59));
  restart();  // the answer survives the relay

  const auto again = refreshes(device, device.login.tokens.refreshToken, "r1");

  ASSERT_TRUE(first && again);
  EXPECT_EQ(*first, *again);
}

// Case 44.
TEST_F(TokensTest, LetOneOfTwoRefreshesWinWithoutSigningOut) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");
  const auto first = refreshes(device, device.login.tokens.refreshToken, "r1");

  EXPECT_EQ(refusalOf(refreshes(device, device.login.tokens.refreshToken, "r2")), "refresh_in_progress");

  EXPECT_EQ(check(first->accessToken), "");
}

// Case 42.
TEST_F(TokensTest, A42_RevokeTheFamilyWhenASpentOneReturns) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");
  const auto first = refreshes(device, device.login.tokens.refreshToken, "r1");
  EXPECT_EQ(check(first->accessToken), "");  // and now it is cached
  house.clock.advance(std::chrono::seconds(61));

  EXPECT_EQ(refusalOf(refreshes(device, device.login.tokens.refreshToken, "r3")), "token_reused");

  EXPECT_EQ(check(first->accessToken), "unauthorized");
  EXPECT_EQ(refusalOf(refreshes(device, first->refreshToken, "r4")), "unauthorized");
  EXPECT_EQ(timesHeard<domain::SessionEnded>(device.id()), 1);
}

// Case 45.
TEST_F(TokensTest, WantTheSignatureOfTheDeviceOnceItHasAKey) {
  const TestDevice device = deviceWithKeys("alice@gxcoin.test");
  wire::RefreshRequest unsignedRequest{device.login.tokens.refreshToken, "r1", {}};
  EXPECT_EQ(refusalOf(await(all->tokens.refresh(unsignedRequest))), "unauthorized");
  EXPECT_TRUE(heard.empty());  // forgotten, not attacked

  wire::RefreshRequest replayed = request(device, device.login.tokens.refreshToken, "r1");
  replayed.requestId = "r2";  // the signature covers it
  EXPECT_EQ(refusalOf(await(all->tokens.refresh(replayed))), "unauthorized");

  EXPECT_EQ(timesHeard<domain::SessionEnded>(device.id()), 1);
  EXPECT_EQ(check(device.login.tokens.accessToken), "unauthorized");
  EXPECT_EQ(refusalOf(refreshes(device, device.login.tokens.refreshToken, "r3")), "unauthorized");
}

TEST_F(TokensTest, RefreshWithTheDevicesSignature) {
  const TestDevice device = deviceWithKeys("alice@gxcoin.test");

  EXPECT_TRUE(refreshes(device, device.login.tokens.refreshToken, "r1"));
}

// Case 46.
TEST_F(TokensTest, DieAtLogoutAtOnce) {
  const TestDevice device = firstDevice("alice@gxcoin.test");
  const TestDevice pending = pendingDevice("alice@gxcoin.test");

  ASSERT_TRUE(await(all->tokens.logout(device.who)));
  ASSERT_TRUE(await(all->tokens.logout(pending.who)));

  EXPECT_EQ(check(device.login.tokens.accessToken), "unauthorized");
  EXPECT_EQ(refusalOf(refreshes(device, device.login.tokens.refreshToken, "r1")), "unauthorized");
  EXPECT_EQ(timesHeard<domain::SessionEnded>(device.id()), 1);
  EXPECT_EQ(await(house.ports().devices.find(device.id()))->state, wire::DeviceState::Active);
  EXPECT_EQ(refusalOf(await(house.ports().devices.find(pending.id()))), "not_found");
}

TEST_F(TokensTest, LiveIdleThirtyAndAtMostNinetyDays) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");
  QByteArray token = device.login.tokens.refreshToken;
  for (int day = 29; day <= 87; day += 29) {
    house.clock.advance(std::chrono::days(29));
    const auto pair = refreshes(device, token, QByteArray::number(day));
    ASSERT_TRUE(pair) << day;
    token = pair->refreshToken;
    if (day == 87) {
      EXPECT_EQ(pair->refreshExpiresIn, 3 * 24 * 3600);
    }
  }
  house.clock.advance(std::chrono::days(3));

  EXPECT_EQ(refusalOf(refreshes(device, token, "late")), "unauthorized");
}

TEST_F(TokensTest, IdleForThirtyDaysAreDead) {
  const TestDevice device = pendingDevice("alice@gxcoin.test");
  house.clock.advance(std::chrono::days(30));

  EXPECT_EQ(refusalOf(refreshes(device, device.login.tokens.refreshToken, "r")), "unauthorized");
}

TEST(SealedAnswer, OpensWithTheTokenOnly) {
  FixedRandom random;
  const QByteArray token = "gxr_" + QByteArray(43, 'a');

  const QByteArray sealed = services::sealAnswer(random, token, "{\"access\":1}");

  EXPECT_EQ(services::openAnswer(token, sealed).value(), "{\"access\":1}");
  EXPECT_FALSE(sealed.contains("access"));
  EXPECT_FALSE(services::openAnswer("gxr_" + QByteArray(43, 'b'), sealed));
  EXPECT_FALSE(services::openAnswer(sha256(token), sealed));  // what the store knows
  QByteArray broken = sealed;
  broken[broken.size() - 1] = char(broken.back() ^ 1);
  EXPECT_EQ(services::openAnswer(token, broken).error().kind, ErrorKind::Corrupt);
  EXPECT_FALSE(services::openAnswer(token, "short"));
}

TEST(TokenCache, ForgetsByDeviceAndByAge) {
  services::TokenCache cache(100);
  const WallTime now = fromMillis(1000);
  const auto principal = [](quint32 device) {
    domain::Principal who;
    who.device = DeviceId{device};
    who.expiresAt = fromMillis(2000);
    return who;
  };
  cache.put("a", principal(1));
  cache.put("b", principal(1));
  cache.put("c", principal(2));

  cache.setState(DeviceId{2}, wire::DeviceState::Active);
  cache.removeDevice(DeviceId{1});

  EXPECT_FALSE(cache.find("a", now));
  EXPECT_FALSE(cache.find("b", now));
  EXPECT_TRUE(cache.find("c", now)->isActive());
  EXPECT_FALSE(cache.find("c", fromMillis(2000)));
  EXPECT_EQ(cache.size(), 0);
  for (int i = 0; i < 101; ++i) cache.put(QByteArray::number(i), principal(quint32(i)));
  EXPECT_LE(cache.size(), 60);
  EXPECT_TRUE(cache.find("100", now));
  EXPECT_FALSE(cache.find("0", now));
}

}  // namespace gx::test
