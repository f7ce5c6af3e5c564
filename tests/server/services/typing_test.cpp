// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class TypingTest : public ServicesTest {
 protected:
  static HouseSettings limited() {
    HouseSettings settings;
    cache::BucketRules standard = cache::standardBucketRules();
    ruleOf(settings.rules, domain::Limit::Typing) = ruleOf(standard, domain::Limit::Typing);
    return settings;
  }
  TypingTest() : ServicesTest(limited()) {
    for (const char *name : {"alice@gxcoin.test", "bob@gxcoin.test", "carol@gxcoin.test"}) hasAccount(name);
    alice = firstDevice("alice@gxcoin.test");
    bob = firstDevice("bob@gxcoin.test");
    chat = opensChat(alice, "bob@gxcoin.test");
    heard.clear();
  }
  QByteArray notes(const TestDevice &device, ConversationId conversation, bool active = true) {
    return refusalOf(await(all->typing.note(device.who, {conversation, active})));
  }
  TestDevice alice, bob;
  ConversationId chat;
};

TEST_F(TypingTest, ReachesTheOtherPeoplesDevicesOnly) {
  const TestDevice second = furtherDevice(alice, "alice@gxcoin.test");
  const TestDevice bobs = furtherDevice(bob, "bob@gxcoin.test");
  heard.clear();

  EXPECT_EQ(notes(alice, chat), "");

  ASSERT_EQ(heard.size(), 2u);
  EXPECT_EQ(timesHeard<wire::TypingNotice>(bob.id()), 1);
  EXPECT_EQ(timesHeard<wire::TypingNotice>(bobs.id()), 1);
  const auto notice = std::get<wire::TypingNotice>(heard[0].event);
  EXPECT_EQ(notice.conversationId, chat);
  EXPECT_EQ(notice.userId, alice.who.user);
  EXPECT_EQ(notice.deviceId, alice.id());
  EXPECT_TRUE(notice.active);
}

// Case 106.
TEST_F(TypingTest, IsHeldToOneInThreeSecondsAndToOwnConversations) {
  const TestDevice carol = firstDevice("carol@gxcoin.test");
  heard.clear();
  EXPECT_EQ(notes(carol, chat), "not_found");
  EXPECT_EQ(notes(alice, ConversationId{}), "not_found");
  EXPECT_TRUE(heard.empty());

  EXPECT_EQ(notes(alice, chat), "");
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(notes(alice, chat), "rate_limited");
  EXPECT_EQ(notes(alice, chat, false), "");  // the end of it is told
  EXPECT_EQ(notes(bob, chat), "");
  house.clock.advance(std::chrono::seconds(3));
  EXPECT_EQ(notes(alice, chat), "");
  EXPECT_EQ(timesHeard<wire::TypingNotice>(bob.id()), 3);
}

}  // namespace gx::test
