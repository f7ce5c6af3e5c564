// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class PresenceTest : public ServicesTest {
 protected:
  PresenceTest() {
    for (const char *name : {"alice@gxcoin.test", "bob@gxcoin.test", "carol@gxcoin.test"}) hasAccount(name);
    alice = firstDevice("alice@gxcoin.test");
    bob = firstDevice("bob@gxcoin.test");
    carol = firstDevice("carol@gxcoin.test");
    opensChat(alice, "bob@gxcoin.test");
    heard.clear();
  }
  wire::PresenceState seen(const TestDevice &watcher, const TestDevice &person) {
    const auto list = await(all->presence.watch(watcher.who, {{person.who.user}}));
    EXPECT_TRUE(list);
    return list->presence.front().state;
  }
  [[nodiscard]] std::vector<wire::PresenceState> toldTo(const TestDevice &device) const {
    std::vector<wire::PresenceState> states;
    for (const auto &[to, event] : heard)
      if (const auto *info = std::get_if<wire::PresenceInfo>(&event); info && to == device.id())
        states.push_back(info->state);
    return states;
  }
  TestDevice alice, bob, carol;
};

TEST_F(PresenceTest, TellsWatchersOfEachChange) {
  using wire::PresenceState;
  all->presence.connected(alice.who);
  EXPECT_EQ(seen(alice, bob), PresenceState::Offline);

  all->presence.connected(bob.who);
  all->presence.set(bob.who, PresenceState::Away);
  all->presence.set(bob.who, PresenceState::Away);
  all->presence.set(bob.who, PresenceState::Online);
  house.clock.advance(std::chrono::seconds(9));
  all->presence.disconnected(bob.who);

  EXPECT_EQ(toldTo(alice), (std::vector<PresenceState>{PresenceState::Online, PresenceState::Away,
                                                       PresenceState::Online, PresenceState::Offline}));
  const auto last = std::get<wire::PresenceInfo>(heard.back().event);
  EXPECT_EQ(last.userId, bob.who.user);
  EXPECT_EQ(last.since, toMillis(house.clock.wallNow()));
  EXPECT_TRUE(toldTo(bob).empty());
}

TEST_F(PresenceTest, IsOnlineWhileOneDeviceIs) {
  using wire::PresenceState;
  const TestDevice second = furtherDevice(bob, "bob@gxcoin.test");
  all->presence.connected(alice.who);
  all->presence.connected(bob.who);
  all->presence.connected(second.who);

  all->presence.set(bob.who, PresenceState::Away);
  EXPECT_EQ(seen(alice, bob), PresenceState::Online);
  all->presence.set(second.who, PresenceState::Away);
  EXPECT_EQ(seen(alice, bob), PresenceState::Away);
  all->presence.disconnected(bob.who);
  EXPECT_EQ(seen(alice, bob), PresenceState::Away);
  all->presence.disconnected(second.who);
  EXPECT_EQ(seen(alice, bob), PresenceState::Offline);
}

TEST_F(PresenceTest, CountsConnectionsOfOneDevice) {
  all->presence.connected(alice.who);
  all->presence.connected(bob.who);
  all->presence.connected(bob.who);

  all->presence.disconnected(bob.who);

  EXPECT_EQ(seen(alice, bob), wire::PresenceState::Online);
  all->presence.disconnected(bob.who);
  all->presence.disconnected(bob.who);  // once too often does no harm
  EXPECT_EQ(seen(alice, bob), wire::PresenceState::Offline);
}

// Case 75: strangers are neither online nor offline.
TEST_F(PresenceTest, TellsNothingOfStrangers) {
  all->presence.connected(alice.who);
  all->presence.connected(carol.who);

  EXPECT_EQ(seen(alice, carol), wire::PresenceState::Unknown);
  all->presence.set(carol.who, wire::PresenceState::Away);

  EXPECT_TRUE(toldTo(alice).empty());
  EXPECT_EQ(seen(alice, alice), wire::PresenceState::Online);
}

TEST_F(PresenceTest, ReplacesTheListAndForgetsItAtTheEnd) {
  all->presence.connected(alice.who);
  all->presence.connected(bob.who);
  seen(alice, bob);
  ASSERT_TRUE(await(all->presence.watch(alice.who, {})));

  all->presence.set(bob.who, wire::PresenceState::Away);
  EXPECT_TRUE(toldTo(alice).empty());
  seen(alice, bob);
  all->presence.disconnected(alice.who);
  all->presence.set(bob.who, wire::PresenceState::Online);

  EXPECT_TRUE(toldTo(alice).empty());
}

TEST_F(PresenceTest, HoldsTheNumberOfPeopleAndOddStates) {
  all->presence.connected(alice.who);
  const QList<UserId> many(257, bob.who.user);

  EXPECT_EQ(refusalOf(await(all->presence.watch(alice.who, {many}))), "bad_request");
  all->presence.set(alice.who, wire::PresenceState::Offline);
  EXPECT_EQ(seen(alice, alice), wire::PresenceState::Online);
  all->presence.set(carol.who, wire::PresenceState::Online);  // not connected
  EXPECT_TRUE(heard.empty());
}

TEST_F(PresenceTest, RemembersWhenSomebodyWentOffline) {
  all->presence.connected(bob.who);
  all->presence.disconnected(bob.who);
  const qint64 then = toMillis(house.clock.wallNow());
  house.clock.advance(std::chrono::minutes(3));
  all->presence.connected(alice.who);

  const auto list = await(all->presence.watch(alice.who, {{bob.who.user}}));

  EXPECT_EQ(list->presence[0].since, then);
}

}  // namespace gx::test
