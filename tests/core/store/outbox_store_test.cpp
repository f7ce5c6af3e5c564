// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/outbox_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class OutboxStoreTest : public StoreTest {
 protected:
  store::OutboxRow inserts(unsigned char number, int outboxClass = 0) {
    store::OutboxRow row;
    row.id = idOf<ClientMessageId>(number);
    row.innerId = row.id;
    row.conversation = chat;
    row.outboxClass = outboxClass;
    row.payload = "payload";
    row.sentAt = fromMillis(number);
    row.position = must(outbox.insert(row));
    return row;
  }
  store::OutboxStore outbox{*database};
};

TEST_F(OutboxStoreTest, KeepsOrderByClass) {
  const auto first = inserts(1);
  inserts(2);
  const auto control = inserts(3, 1);

  EXPECT_EQ(must(outbox.firstQueued(chat, 0)), first);
  EXPECT_EQ(must(outbox.firstQueued(chat, 1)), control);
  EXPECT_FALSE(must(outbox.firstSealed(chat)));
  must(outbox.setSealed(first.position, 7, "hash"));
  EXPECT_EQ(must(outbox.firstSealed(chat))->chainSequence, 7U);
  EXPECT_EQ(must(outbox.busyConversations()), std::vector<ConversationId>{chat});
  EXPECT_EQ(must(outbox.count(store::OutboxState::Queued, true)), 1);
  EXPECT_EQ(must(outbox.count(store::OutboxState::Queued, false)), 1);
  must(outbox.setFailed(first.position, "forbidden"));
  EXPECT_EQ(must(outbox.failedOf(first.innerId))->reason, "forbidden");
  EXPECT_FALSE(must(outbox.hasQueued(first.innerId)));
}

TEST_F(OutboxStoreTest, NeverGivesAPositionTwice) {
  const auto first = inserts(1);
  must(outbox.remove(first.position));

  EXPECT_GT(inserts(2).position, first.position);
}

TEST_F(OutboxStoreTest, FindsAnItemByItsIdOrByWhatIsInside) {
  auto item = inserts(1);
  must(outbox.setFailed(item.position, "forbidden"));
  store::OutboxRow again = item;
  again.id = idOf<ClientMessageId>(7);
  again.position = must(outbox.insert(again));

  EXPECT_EQ(must(outbox.item(again.id)), again);
  EXPECT_FALSE(must(outbox.item(idOf<ClientMessageId>(99))));
  EXPECT_EQ(must(outbox.failedOf(item.innerId))->position, item.position);
  EXPECT_TRUE(must(outbox.hasQueued(item.innerId)));
  EXPECT_FALSE(outbox.insert(again)) << "the idempotency key is taken";
}

TEST_F(OutboxStoreTest, ForgetsChainAndHashOfWhatFailed) {
  const auto item = inserts(1);
  must(outbox.setSealed(item.position, 7, "hash"));
  must(outbox.setFailed(item.position, "forbidden"));

  const auto failed = *must(outbox.item(item.id));
  EXPECT_EQ(failed.state, store::OutboxState::Failed);
  EXPECT_EQ(failed.chainSequence, 0U);
  EXPECT_TRUE(failed.previousHash.isEmpty());
  EXPECT_EQ(failed.reason, "forbidden");
}

TEST_F(OutboxStoreTest, NamesBusyConversationsInOrderOfWhatWaitsLongest) {
  auto row = inserts(1);
  row.conversation = idOf<ConversationId>(9);
  row.id = idOf<ClientMessageId>(2);
  row.position = must(outbox.insert(row));
  EXPECT_EQ(must(outbox.busyConversations()), (std::vector<ConversationId>{chat, row.conversation}));

  must(outbox.remove(1));
  inserts(3);
  EXPECT_EQ(must(outbox.busyConversations()), (std::vector<ConversationId>{row.conversation, chat}));
  must(outbox.setFailed(row.position, "forbidden"));
  EXPECT_EQ(must(outbox.busyConversations()), std::vector<ConversationId>{chat});
}

}  // namespace

}  // namespace gx::test
