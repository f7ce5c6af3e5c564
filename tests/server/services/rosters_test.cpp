// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/rosters.h"

#include "tests/server/services/services_fixture.h"

namespace gx::test {

class RostersTest : public ServicesTest {
 protected:
  RostersTest() {
    hasAccount("alice@gxcoin.test");
    hasAccount("bob@gxcoin.test");
    alice = firstDevice("alice@gxcoin.test");
    bob = firstDevice("bob@gxcoin.test");
    chat = opensChat(alice, "bob@gxcoin.test");
  }
  TestDevice alice, bob;
  ConversationId chat;
};

TEST_F(RostersTest, KeepWhatWasLoadedUntilToldToForget) {
  services::Rosters &rosters = all->rosters;
  EXPECT_FALSE(rosters.cached(chat));
  ASSERT_TRUE(await(rosters.load(chat)));
  EXPECT_TRUE(rosters.cached(chat));

  rosters.forgetUser(bob.who.user);
  EXPECT_FALSE(rosters.cached(chat));
  ASSERT_TRUE(await(rosters.load(chat)));
  rosters.forget(chat);
  EXPECT_FALSE(rosters.cached(chat));
  EXPECT_EQ(refusalOf(await(rosters.load(ConversationId{}))), "not_found");
}

TEST_F(RostersTest, DoNotKeepWhatWasAskedForBeforeAForgetting) {
  auto loading = all->rosters.load(chat);
  all->rosters.forgetUser(alice.who.user);  // the answer on its way may be of before

  EXPECT_TRUE(await(std::move(loading)));

  EXPECT_FALSE(all->rosters.cached(chat));
}

TEST_F(RostersTest, AreBounded) {
  services::Rosters rosters(house.ports().conversations, 2);
  std::vector<ConversationId> chats;
  for (const char *name : {"a@gxcoin.test", "b@gxcoin.test", "c@gxcoin.test"}) {
    hasAccount(name);
    chats.push_back(opensChat(alice, name));
    ASSERT_TRUE(await(rosters.load(chats.back())));
  }

  EXPECT_FALSE(rosters.cached(chats[0]));
  EXPECT_TRUE(rosters.cached(chats[2]));
}

}  // namespace gx::test
