// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/contract/repository_contract.h"

namespace gx::test {

class ConversationRepositoryContract : public RepositoryContract {
 protected:
  void SetUp() override {
    RepositoryContract::SetUp();
    alice = account("alice@gxcoin.test");
    bob = account("bob@gxcoin.test");
    carol = account("carol@gxcoin.test");
  }
  domain::Account alice, bob, carol;
};
INSTANTIATE_TEST_SUITE_P(Sqlite, ConversationRepositoryContract, testing::Values(&sqliteHouse));

TEST_P(ConversationRepositoryContract, OpensOneConversationForAPair) {
  const domain::DirectConversation wanted{newId<ConversationId>(house().clock, house().random), alice.id, bob.id,
                                          now()};
  const auto first = await(ports().conversations.openDirect(wanted));
  const domain::DirectConversation back{newId<ConversationId>(house().clock, house().random), bob.id, alice.id, now()};
  const auto second = await(ports().conversations.openDirect(back));

  ASSERT_TRUE(first && second);
  EXPECT_TRUE(first->isNew);
  EXPECT_FALSE(second->isNew);
  EXPECT_EQ(first->info, second->info);
  ASSERT_EQ(first->info.participants.size(), 2);
  EXPECT_EQ(first->info.participants[0], (wire::Participant{alice.id, alice.name, wire::ParticipantRole::Owner}));
  EXPECT_EQ(first->info.participants[1], (wire::Participant{bob.id, bob.name, wire::ParticipantRole::Member}));
}

TEST_P(ConversationRepositoryContract, ShowsAConversationToItsPeopleOnly) {
  const ConversationId id = conversation(alice, bob);

  EXPECT_TRUE(await(ports().conversations.find(id, alice.id)));
  EXPECT_TRUE(await(ports().conversations.find(id, bob.id)));
  EXPECT_EQ(await(ports().conversations.find(id, carol.id)),
            await(ports().conversations.find(ConversationId{}, carol.id)));  // no telling whether it exists
}

TEST_P(ConversationRepositoryContract, ListsInPagesInOrderOfMaking) {
  std::vector<ConversationId> made;
  for (int i = 0; i < 5; ++i) {
    house().clock.advance(std::chrono::milliseconds(1));
    made.push_back(conversation(alice, account("friend" + QByteArray::number(i) + "@gxcoin.test")));
  }
  conversation(bob, carol);

  const auto first = await(ports().conversations.list(alice.id, std::nullopt, 3));
  ASSERT_TRUE(first && first->next);
  const auto second = await(ports().conversations.list(alice.id, first->next, 3));

  std::vector<ConversationId> seen;
  for (const auto &each : first->conversations + second->conversations) seen.push_back(each.conversationId);
  EXPECT_EQ(seen, made);
  EXPECT_FALSE(second->next);
  EXPECT_TRUE(
      await(ports().conversations.list(account("new@gxcoin.test").id, std::nullopt, 3))->conversations.isEmpty());
}

TEST_P(ConversationRepositoryContract, NamesActiveDevicesInTheRoster) {
  const ConversationId id = conversation(alice, bob);
  activeDevice(bob, 9);
  activeDevice(alice, 4);
  signIn(alice, 5);  // pending: not a recipient

  const auto roster = await(ports().conversations.roster(id));

  ASSERT_TRUE(roster);
  ASSERT_EQ(roster->devices.size(), 2u);
  EXPECT_EQ(roster->devices[0].id, DeviceId{4});
  EXPECT_EQ(roster->devices[0].user, alice.id);
  EXPECT_EQ(roster->devices[0].registrationId, 5u);
  EXPECT_EQ(roster->devices[1].id, DeviceId{9});
  EXPECT_TRUE(roster->hasMember(alice.id));
  EXPECT_TRUE(roster->hasDeviceOf(bob.id));
  EXPECT_FALSE(roster->hasMember(carol.id));
  EXPECT_EQ(codeOf(await(ports().conversations.roster(ConversationId{}))), "not_found");
}

TEST_P(ConversationRepositoryContract, CountsTheGenerationOfDevices) {
  const ConversationId id = conversation(alice, bob);
  const auto generation = [&] {
    const auto roster = await(ports().conversations.roster(id));
    for (const auto &member : roster->members)
      if (member.user == alice.id) return member.deviceGeneration;
    return qint64(-1);
  };
  const qint64 before = generation();

  const DeviceId device = activeDevice(alice, 4);
  const qint64 added = generation();
  wire::KeyUpload other;
  other.registrationId = 77;
  ASSERT_TRUE(await(ports().preKeys.upload(device, other)));
  const qint64 registered = generation();
  ASSERT_TRUE(await(ports().preKeys.upload(device, other)));

  EXPECT_EQ(added, before + 1);
  EXPECT_EQ(registered, added + 1);
  EXPECT_EQ(generation(), registered);
}

TEST_P(ConversationRepositoryContract, TellsWhoSharesAConversation) {
  conversation(alice, bob);
  conversation(bob, carol);

  const auto sharing = await(ports().conversations.sharingWith(alice.id, {carol.id, bob.id, UserId{}}));

  ASSERT_TRUE(sharing);
  EXPECT_EQ(*sharing, std::vector<UserId>{bob.id});
}

TEST_P(ConversationRepositoryContract, GathersTheAudienceOfAPerson) {
  conversation(alice, bob);
  const DeviceId own = activeDevice(alice, 1);
  const DeviceId theirs = activeDevice(bob, 2);
  activeDevice(carol, 3);
  signIn(bob, 4);

  auto audience = await(ports().conversations.audience(alice.id));

  ASSERT_TRUE(audience);
  std::ranges::sort(*audience);
  EXPECT_EQ(*audience, (std::vector<DeviceId>{own, theirs}));
}

}  // namespace gx::test
