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

TEST_P(MailboxLimitsContract, OneAccountHasAShareOfAnothersMailbox) {
  HouseSettings shared;
  shared.mailboxLetters = 8;
  shared.mailboxSenders = 4;
  arrange(shared);
  const auto from = [this](DeviceId device, const domain::Account &account, int number) {
    domain::AppendRequest request = message(number);
    request.senderDevice = device;
    request.sender = account.id;
    request.letters = {{second, wire::EnvelopeKind::Message, "x", bob.id}};
    return request;
  };
  const domain::Account carol = account("carol@gxcoin.test");
  for (int i = 1; i <= 2; ++i) ASSERT_TRUE(append(from(sender, alice, i)));

  EXPECT_EQ(codeOf(append(from(sender, alice, 3))), "mailbox_full");
  EXPECT_EQ(codeOf(append(from(own, alice, 3))), "mailbox_full");  // the account's, whichever its device
  EXPECT_TRUE(append(from(DeviceId{77}, carol, 1)));
  EXPECT_TRUE(append(from(DeviceId{77}, carol, 2)));
  EXPECT_EQ(codeOf(append(from(DeviceId{77}, carol, 3))), "mailbox_full");
  for (int i = 1; i <= 4; ++i) EXPECT_TRUE(append(from(first, bob, i)));  // bob himself has all of it
  EXPECT_EQ(codeOf(append(from(first, bob, 5))), "mailbox_full");

  ASSERT_TRUE(acknowledge(second, 1));
  EXPECT_TRUE(append(from(sender, alice, 4)));
  EXPECT_EQ(codeOf(append(from(sender, alice, 5))), "mailbox_full");
}

TEST_P(MailboxLimitsContract, AShareIsCountedInBytesToo) {
  HouseSettings shared;
  shared.mailboxBytes = 4000;
  shared.mailboxSenders = 4;
  arrange(shared);
  ASSERT_TRUE(append(message(1, QByteArray(600, 'x'))));

  EXPECT_EQ(codeOf(append(message(2, QByteArray(600, 'y')))), "mailbox_full");

  EXPECT_TRUE(append(message(3, QByteArray(300, 'z'))));
  house().restart();  // what was known of the shares is counted again
  EXPECT_EQ(codeOf(append(message(4, QByteArray(300, 'z')))), "mailbox_full");
}

TEST_P(MailboxLimitsContract, ExpiryGivesAShareBack) {
  HouseSettings shared;
  shared.mailboxLetters = 8;
  shared.mailboxSenders = 4;
  arrange(shared);
  for (int i = 1; i <= 2; ++i) ASSERT_TRUE(append(message(i)));
  ASSERT_EQ(codeOf(append(message(3))), "mailbox_full");
  house().clock.advance(std::chrono::days(31));

  ASSERT_EQ(await(ports().messages.expireLetters(now() - std::chrono::days(30), 100)), 6);

  EXPECT_TRUE(append(message(3)));
}

TEST_P(MailboxLimitsContract, CutsAPageAtAboutAMiB) {
  for (int i = 1; i <= 14; ++i) ASSERT_TRUE(append(message(i, QByteArray(90 * 1024, 'x'))));

  const auto page = await(ports().messages.page(first, {}, 100));

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

  const auto page = await(ports().messages.page(first, {}, 10));
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
