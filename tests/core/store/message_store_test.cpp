// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/message_store.h"

#include "core/store/reaction_store.h"
#include "tests/core/store/history_fixture.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class MessageStoreTest : public HistoryTest {};

TEST_F(MessageStoreTest, GivesBackWhatWasPutIn) {
  auto line = row(1, 100);
  line.message.serverId = idOf<MessageId>(9);
  line.message.quoted = idOf<ClientMessageId>(8);
  line.quotedUser = alice;
  line.excerpt = u"ex"_s;
  line.message.serverTime = fromMillis(101);
  line = inserts(line);

  EXPECT_EQ(must(messages.message(bob, line.message.id)), line);
  EXPECT_EQ(must(messages.byClientId(chat, line.message.id)), std::vector<store::MessageRow>{line});
  EXPECT_FALSE(messages.insert(line));  // the same author and id
  line.message.text = u"edited"_s;
  line.message.editedAt = fromMillis(200);
  line.message.isDeleted = true;
  line.isUnread = false;
  must(messages.update(line));
  EXPECT_EQ(must(messages.message(bob, line.message.id)), line);
  must(messages.remove(line.id));
  EXPECT_FALSE(must(messages.message(bob, line.message.id)));
}

TEST_F(MessageStoreTest, OrdersByTimeThenChain) {
  inserts(row(3, 100));
  inserts(row(2, 100));
  inserts(row(1, 50));

  const auto rows = must(messages.before(chat, row(9, 1000).place(), 10));

  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].chainSequence, 1U);
  EXPECT_EQ(rows[1].chainSequence, 2U);
  EXPECT_EQ(rows[2].chainSequence, 3U);
  EXPECT_EQ(must(messages.newest(chat))->chainSequence, 3U);
  EXPECT_EQ(must(messages.after(chat, rows[0].place(), 1)), std::vector<store::MessageRow>{rows[1]});
  EXPECT_EQ(must(messages.before(chat, rows[2].place(), 1)), std::vector<store::MessageRow>{rows[1]});
}

TEST_F(MessageStoreTest, MovesALatecomerBetweenItsNeighbours) {
  inserts(row(1, 100));
  inserts(row(5, 200));
  auto queued = row(6, store::kUnplaced + 1);
  queued.chainSequence = 0;
  inserts(queued);

  EXPECT_EQ(must(messages.placeInChain(chat, DeviceId{2}, 3, 150)), 150);
  EXPECT_EQ(must(messages.placeInChain(chat, DeviceId{2}, 3, 900)), 200);
  EXPECT_EQ(must(messages.placeInChain(chat, DeviceId{2}, 3, 10)), 100);
  EXPECT_EQ(must(messages.placeInChain(chat, DeviceId{2}, 7, 10)), 200);
  EXPECT_EQ(must(messages.placeInChain(chat, DeviceId{3}, 3, 900)), 900);
  EXPECT_EQ(must(messages.lastPlaced(chat)), 200);
}

TEST_F(MessageStoreTest, BoundsAChainByItsNeighboursAndNotByWhatFailed) {
  inserts(row(1, 100));
  inserts(row(4, 400));
  auto failed = row(0, 5000);  // at the time of a clock that was wrong
  failed.message.id = idOf<ClientMessageId>(77);
  inserts(failed);

  EXPECT_EQ(must(messages.placeInChain(chat, DeviceId{2}, 5, 450)), 450);
  EXPECT_EQ(must(messages.placeInChain(chat, DeviceId{2}, 2, 450)), 400);
  EXPECT_EQ(must(messages.placeInChain(chat, DeviceId{2}, 0, 7)), 7) << "no place in the chain";
}

TEST_F(MessageStoreTest, FindsALineByItsRow) {
  const auto line = inserts(row(1, 100));

  EXPECT_EQ(must(messages.row(line.id)), line);
  EXPECT_FALSE(must(messages.row(line.id + 1)));
}

TEST_F(MessageStoreTest, CountsAndListsWhatIsUnread) {
  inserts(row(1, 100));
  inserts(row(2, 200));
  auto own = row(3, 300);
  own.isUnread = false;
  inserts(own);

  EXPECT_EQ(must(messages.countUnread(chat)), 2);
  EXPECT_EQ(must(messages.unread(chat, row(1, 100).place())).size(), 1U);
  EXPECT_EQ(must(messages.unread(chat, row(3, 300).place())).size(), 2U);
}

TEST_F(MessageStoreTest, TakesExcerptsOfADeletedMessageAway) {
  auto reply = row(2, 200);
  reply.quotedUser = alice;
  reply.message.quoted = idOf<ClientMessageId>(1);
  reply.excerpt = u"secret"_s;
  inserts(reply);

  must(messages.clearExcerptsOf(alice, idOf<ClientMessageId>(1)));

  EXPECT_TRUE(must(messages.message(bob, idOf<ClientMessageId>(2)))->excerpt.isEmpty());
}

TEST_F(MessageStoreTest, KeepsReactionsOncePerPersonAndSign) {
  const auto line = inserts(row(1, 100));
  store::ReactionStore reactions(*database);
  must(reactions.put(line.id, alice, u"+"_s));
  must(reactions.put(line.id, alice, u"+"_s));
  must(reactions.put(line.id, bob, u"+"_s));

  EXPECT_EQ(must(reactions.of(line.id)).size(), 2U);
  must(reactions.remove(line.id, alice, u"+"_s));
  EXPECT_EQ(must(reactions.of(line.id)), (std::vector<model::MessageReaction>{{bob, u"+"_s}}));
  for (int i = 0; i < 50; ++i) must(reactions.put(line.id, alice, QString::number(i)));
  EXPECT_EQ(must(reactions.of(line.id)).size(), 21U);
  must(messages.remove(line.id));
  EXPECT_TRUE(must(reactions.of(line.id)).empty());
}

}  // namespace

}  // namespace gx::test
