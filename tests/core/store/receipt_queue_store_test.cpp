// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/receipt_queue_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class ReceiptQueueStoreTest : public StoreTest {
 protected:
  store::ReceiptQueueStore queue{*database};
  const ClientMessageId id = idOf<ClientMessageId>(1);
};

TEST_F(ReceiptQueueStoreTest, LetsReadReplaceDeliveredAndNeverTheOtherWay) {
  must(queue.put(chat, {bob, id, false, fromMillis(5)}));
  must(queue.put(chat, {bob, id, true, fromMillis(7)}));
  must(queue.put(chat, {bob, id, false, fromMillis(9)}));

  EXPECT_EQ(must(queue.count(chat)), 1);
  const store::PendingReceipt read{bob, id, true, fromMillis(5)};
  EXPECT_EQ(must(queue.oldest(chat, true, 10)), std::vector<store::PendingReceipt>{read});
  EXPECT_TRUE(must(queue.oldest(chat, false, 10)).empty());
}

TEST_F(ReceiptQueueStoreTest, GivesTheOldestOfOneKindFirst) {
  for (unsigned char i = 1; i <= 5; ++i)
    must(queue.put(chat, {bob, idOf<ClientMessageId>(i), i == 3, fromMillis(100 - i)}));

  const auto delivered = must(queue.oldest(chat, false, 2));

  ASSERT_EQ(delivered.size(), 2U);
  EXPECT_EQ(delivered[0].message, idOf<ClientMessageId>(5));
  EXPECT_EQ(delivered[1].message, idOf<ClientMessageId>(4));
  EXPECT_EQ(must(queue.oldest(chat, true, 10)).size(), 1U);
}

TEST_F(ReceiptQueueStoreTest, TellsWhichConversationsWaitAndSinceWhen) {
  const auto other = idOf<ConversationId>(9);
  must(queue.put(chat, {bob, id, false, fromMillis(50)}));
  must(queue.put(other, {bob, id, false, fromMillis(40)}));
  must(queue.put(other, {bob, idOf<ClientMessageId>(2), true, fromMillis(60)}));

  const auto waiting = must(queue.waiting());

  ASSERT_EQ(waiting.size(), 2U);
  EXPECT_EQ(waiting[0].conversation, other);
  EXPECT_EQ(waiting[0].oldest, fromMillis(40));
  EXPECT_EQ(waiting[0].count, 2);
  EXPECT_EQ(waiting[1].conversation, chat);
}

TEST_F(ReceiptQueueStoreTest, RemovesOneOfOneConversation) {
  const auto other = idOf<ConversationId>(9);
  must(queue.put(chat, {bob, id, false, fromMillis(5)}));
  must(queue.put(other, {bob, id, false, fromMillis(5)}));
  must(queue.remove(chat, {bob, id}));
  must(queue.remove(chat, {bob, id}));

  EXPECT_EQ(must(queue.count(chat)), 0);
  EXPECT_EQ(must(queue.count(other)), 1);
}

}  // namespace

}  // namespace gx::test
