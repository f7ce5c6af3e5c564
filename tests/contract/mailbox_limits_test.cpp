// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/contract/message_queue_contract.h"

namespace gx::test {

class MailboxLimitsContract : public MessageQueueContract {};
INSTANTIATE_TEST_SUITE_P(Sqlite, MailboxLimitsContract, testing::Values(&sqliteHouse));

// Case 96, with smaller numbers.
TEST_P(MailboxLimitsContract, RefusesWhenOneMailboxIsFull) {
  HouseSettings small;
  small.mailboxLetters = 3;
  arrange(small);
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(append(message(i)));
  ASSERT_TRUE(acknowledge(first, 3));
  ASSERT_TRUE(acknowledge(own, 3));

  const auto refused = append(message(4));

  EXPECT_EQ(codeOf(refused), "mailbox_full");
  EXPECT_GT(refused.error().retryAfter.count(), 0);
  EXPECT_TRUE(seqs(first).empty());           // all or none
  EXPECT_TRUE(append(message(3))->repeated);  // a repetition still gets its answer
  ASSERT_TRUE(acknowledge(second, 1));
  EXPECT_TRUE(append(message(4)));
}

TEST_P(MailboxLimitsContract, CountsTheBytesOfAMailbox) {
  HouseSettings small;
  small.mailboxBytes = 1000;
  arrange(small);
  ASSERT_TRUE(append(message(1, QByteArray(600, 'x'))));

  EXPECT_EQ(codeOf(append(message(2, QByteArray(600, 'y')))), "mailbox_full");
  ASSERT_TRUE(append(message(3, QByteArray(300, 'z'))));
  for (const DeviceId device : {own, first, second}) ASSERT_TRUE(acknowledge(device, 1));
  EXPECT_TRUE(append(message(2, QByteArray(600, 'y'))));
}

TEST_P(MailboxLimitsContract, CutsAPageAtAboutAMiB) {
  for (int i = 1; i <= 14; ++i) ASSERT_TRUE(append(message(i, QByteArray(90 * 1024, 'x'))));

  const auto page = await(ports().messages.page(first, 0, 100));

  ASSERT_TRUE(page);
  EXPECT_TRUE(page->more);
  EXPECT_GE(page->messages.size(), 11);
  EXPECT_LT(page->messages.size(), 14);
}

TEST_P(MailboxLimitsContract, ExpiresOldLettersAndCountsThem) {
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(append(message(i)));
  ASSERT_TRUE(acknowledge(first, 1));
  house().clock.advance(std::chrono::days(31));
  ASSERT_TRUE(append(message(4)));

  const auto limit = now() - std::chrono::days(30);
  EXPECT_EQ(await(ports().messages.expireLetters(limit, 5)).value(), 5);
  EXPECT_EQ(await(ports().messages.expireLetters(limit, 5)).value(), 3);
  EXPECT_EQ(await(ports().messages.expireLetters(limit, 5)).value(), 0);

  const auto page = await(ports().messages.page(first, 0, 10));
  EXPECT_EQ(page->expired, 2);
  ASSERT_EQ(page->messages.size(), 1);
  EXPECT_EQ(page->messages.front().seq, 4);
  ASSERT_TRUE(append(message(5)));
  EXPECT_EQ(seqs(second), (std::vector<qint64>{4, 5}));
}

TEST_P(MailboxLimitsContract, ForgetsAcceptedMessagesOnlyWhenNobodyWaitsForThem) {
  const domain::AppendRequest old = message(1);
  ASSERT_TRUE(append(old));
  ASSERT_TRUE(append(message(2)));
  for (const DeviceId device : {own, first, second}) ASSERT_TRUE(acknowledge(device, 1));
  house().clock.advance(std::chrono::days(46));

  EXPECT_EQ(await(ports().messages.forgetAccepted(now() - std::chrono::days(45), 100)).value(), 1);

  EXPECT_EQ(codeOf(await(ports().messages.accepted(sender, old.clientMsgId, old.bodyHash))), "not_found");
  EXPECT_EQ(seqs(first), std::vector<qint64>{2});
}

}  // namespace gx::test
