// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class ConversationsTest : public ServicesTest {
 protected:
  ConversationsTest() {
    for (const char *name : {"alice@gxcoin.test", "bob@gxcoin.test", "carol@gxcoin.test"}) hasAccount(name);
    alice = firstDevice("alice@gxcoin.test");
    bob = firstDevice("bob@gxcoin.test");
  }
  Result<domain::OpenedConversation> opens(const TestDevice &device, const QList<QByteArray> &with) {
    return await(all->conversations.create(device.who, {with}));
  }
  TestDevice alice, bob;
};

TEST_F(ConversationsTest, AreOnePerPair) {
  const auto first = opens(alice, {"bob@gxcoin.test"});
  const auto again = opens(alice, {"bob@gxcoin.test"});
  const auto back = opens(bob, {"alice@gxcoin.test"});

  ASSERT_TRUE(first && again && back);
  EXPECT_TRUE(first->isNew);
  EXPECT_FALSE(again->isNew);
  EXPECT_EQ(first->info, again->info);
  EXPECT_EQ(first->info, back->info);
  EXPECT_EQ(first->info.createdAt, toMillis(house.clock.wallNow()));
}

// Case 92.
TEST_F(ConversationsTest, NeedSomebodyElseWhoExists) {
  EXPECT_EQ(refusalOf(opens(alice, {"alice@gxcoin.test"})), "with_self");
  EXPECT_EQ(refusalOf(opens(alice, {"nobody@gxcoin.test"})), "not_found");
  EXPECT_EQ(refusalOf(opens(alice, {"no address"})), "not_found");
  EXPECT_EQ(refusalOf(opens(alice, {})), "bad_request");
  EXPECT_EQ(refusalOf(opens(alice, {"bob@gxcoin.test", "carol@gxcoin.test"})), "bad_request");
}

TEST_F(ConversationsTest, AreFoundAndListedByTheirPeopleOnly) {
  const auto chat = opens(alice, {"carol@gxcoin.test"});
  house.clock.advance(std::chrono::seconds(1));
  opens(alice, {"bob@gxcoin.test"});

  EXPECT_EQ(await(all->conversations.find(alice.who, chat->info.conversationId)), chat->info);
  EXPECT_EQ(refusalOf(await(all->conversations.find(bob.who, chat->info.conversationId))), "not_found");
  EXPECT_EQ(await(all->conversations.list(alice.who, {}, 10))->conversations.size(), 2);
  EXPECT_EQ(await(all->conversations.list(bob.who, {}, 10))->conversations.size(), 1);
  const auto page = await(all->conversations.list(alice.who, {}, 1));
  EXPECT_EQ(page->conversations[0], chat->info);
  EXPECT_EQ(await(all->conversations.list(alice.who, page->next, 0))->conversations.size(), 1);
}

TEST(ConversationsLimit, SlowsLookingForPeople) {
  HouseSettings settings;
  cache::ruleOf(settings.rules, domain::Limit::ConversationOpen) = {3, std::chrono::seconds(10)};
  SqliteHouse house(settings);
  services::Conversations conversations(house.ports());
  domain::Principal who;
  const auto asks = [&] { return refusalOf(await(conversations.create(who, {{"guess@gxcoin.test"}}))); };

  for (int i = 0; i < 3; ++i) EXPECT_EQ(asks(), "not_found");
  EXPECT_EQ(asks(), "rate_limited");
}

}  // namespace gx::test
