// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class RetentionTest : public ServicesTest {
 protected:
  RetentionTest() {
    hasAccount("alice@gxcoin.test");
    hasAccount("bob@gxcoin.test");
    alice = firstDevice("alice@gxcoin.test");
    bob = firstDevice("bob@gxcoin.test");
    chat = opensChat(alice, "bob@gxcoin.test");
  }
  services::RetentionReport sweeps() { return await(all->retention.sweep()).value(); }
  TestDevice alice, bob;
  ConversationId chat;
};

TEST_F(RetentionTest, KeepsWhatIsInItsTime) {
  ASSERT_TRUE(sends(alice, message(chat, {bob})));
  const TestDevice pending = pendingDevice("alice@gxcoin.test");

  const auto report = sweeps();

  EXPECT_EQ(report.letters + report.messages + report.tokens + report.devices + report.preKeys, 0);
  EXPECT_EQ(mailOf(bob).size(), 1);
  EXPECT_TRUE(await(all->tokens.check(pending.login.tokens.accessToken)));
}

TEST_F(RetentionTest, A107_RemovesLettersAfterThirtyDaysInManySmallActs) {
  for (int i = 0; i < 1201; ++i)
    all->relay.send(alice.who, message(chat, {bob}, i),
                    [](const services::SendOutcome &outcome) { EXPECT_TRUE(outcome); });
  ASSERT_TRUE(sends(alice, message(chat, {bob}, 2000)));
  house.clock.advance(std::chrono::days(30) + std::chrono::seconds(1));

  EXPECT_EQ(sweeps().letters, 1202);

  EXPECT_TRUE(mailOf(bob).isEmpty());
  EXPECT_EQ(sends(alice, message(chat, {bob}, 7))->messageId, sends(alice, message(chat, {bob}, 7))->messageId);
  house.clock.advance(std::chrono::days(15));
  EXPECT_EQ(sweeps().messages, 1202);
}

TEST_F(RetentionTest, RemovesPendingDevicesAfterADay) {
  const TestDevice pending = pendingDevice("alice@gxcoin.test");
  house.clock.advance(std::chrono::hours(24) + std::chrono::seconds(1));

  EXPECT_EQ(sweeps().devices, 1);

  EXPECT_EQ(timesHeard<domain::SessionEnded>(pending.id()), 1);
  EXPECT_EQ(await(house.ports().devices.list(alice.who.user))->size(), 1u);
}

TEST_F(RetentionTest, SweepsAgainEveryTenMinutes) {
  pendingDevice("alice@gxcoin.test");
  all->retention.start();
  ASSERT_TRUE(waitUntil([&] { return house.clock.pendingTimers() == 1; }));
  house.clock.advance(std::chrono::minutes(10));
  ASSERT_TRUE(waitUntil([&] { return house.clock.pendingTimers() == 1; }));
  EXPECT_EQ(await(house.ports().devices.list(alice.who.user))->size(), 2u);
  house.clock.jumpWall(std::chrono::hours(25));
  house.clock.advance(std::chrono::minutes(10));

  EXPECT_TRUE(waitUntil([&] { return await(house.ports().devices.list(alice.who.user))->size() == 1; }));
  await(all->retention.stop());
}

}  // namespace gx::test
