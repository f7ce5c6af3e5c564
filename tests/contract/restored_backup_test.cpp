// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/contract/message_queue_contract.h"

namespace gx::test {

TEST_P(MessageQueueContract, AcknowledgesOnlyTheLetterThatIsNamed) {
  std::vector<MessageId> ids;
  for (int i = 1; i <= 3; ++i) ids.push_back(append(message(i))->id);

  EXPECT_EQ(acknowledge(first, 2, ids[0])->acked, 0);
  EXPECT_EQ(acknowledge(first, 99, ids[1])->acked, 0);
  EXPECT_EQ(seqs(first).size(), 3u);

  EXPECT_EQ(acknowledge(first, 2, ids[1])->acked, 2);
  EXPECT_EQ(acknowledge(first, 1, ids[2])->acked, 2);  // below the cursor: nothing to compare
  EXPECT_EQ(seqs(first), std::vector<qint64>{3});
}

TEST_P(MessageQueueContract, PagesAfterTheLetterThatIsNamed) {
  std::vector<MessageId> ids;
  for (int i = 1; i <= 3; ++i) ids.push_back(append(message(i))->id);
  const auto firstAfter = [&](wire::MailAck after) {
    const auto page = await(ports().messages.page(first, after, 10));
    return page && !page->messages.isEmpty() ? page->messages.front().seq : 0;
  };

  EXPECT_EQ(firstAfter({2, ids[1]}), 3);
  EXPECT_EQ(firstAfter({2, ids[2]}), 1);
  EXPECT_EQ(firstAfter({99, ids[2]}), 1);
  ASSERT_TRUE(acknowledge(first, 2));
  EXPECT_EQ(firstAfter({2, ids[1]}), 3);
}

// The relay counts again and passes what the device has seen of the mailbox that is gone.
TEST_P(MessageQueueContract, ACursorOfALostFutureAcknowledgesNothing) {
  for (int i = 1; i <= 2; ++i) ASSERT_TRUE(append(message(i)));
  ASSERT_TRUE(acknowledge(first, 2));
  house().backUp();
  for (int i = 3; i <= 4; ++i) ASSERT_TRUE(append(message(i)));
  const MessageId lost = append(message(5))->id;  // number 5 of the mailbox
  house().restoreBackup();
  for (int i = 11; i <= 16; ++i) ASSERT_TRUE(append(message(i)));

  const auto head = acknowledge(first, 5, lost);

  ASSERT_TRUE(head);
  EXPECT_EQ(head->acked, 2);
  EXPECT_EQ(head->head, 8);
  EXPECT_EQ(seqs(first), (std::vector<qint64>{3, 4, 5, 6, 7, 8}));
  const auto page = await(ports().messages.page(first, {5, lost}, 10));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->messages.size(), 6);
}

TEST_P(MessageQueueContract, ACursorOfTheBackupItselfStillCounts) {
  for (int i = 1; i <= 2; ++i) ASSERT_TRUE(append(message(i)));
  const MessageId third = append(message(3))->id;
  house().backUp();
  ASSERT_TRUE(acknowledge(first, 3));
  house().restoreBackup();

  EXPECT_EQ(acknowledge(first, 3, third)->acked, 3);

  EXPECT_TRUE(seqs(first).empty());
}

TEST_P(MessageQueueContract, AMailboxEmptiedByAgeHasNothingToAcknowledge) {
  for (int i = 1; i <= 2; ++i) ASSERT_TRUE(append(message(i)));
  house().clock.advance(std::chrono::days(31));
  ASSERT_TRUE(append(message(3)));
  const auto acked = [this] { return await(ports().messages.head(first))->acked; };

  ASSERT_EQ(await(ports().messages.expireLetters(now() - std::chrono::days(30), 100)), 6);
  EXPECT_EQ(acked(), 0);
  house().clock.advance(std::chrono::days(31));
  ASSERT_EQ(await(ports().messages.expireLetters(now() - std::chrono::days(30), 100)), 3);

  EXPECT_EQ(acked(), 3);
}

}  // namespace gx::test
