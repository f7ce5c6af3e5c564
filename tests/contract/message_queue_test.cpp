// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <set>

#include "tests/contract/message_queue_contract.h"

namespace gx::test {

INSTANTIATE_TEST_SUITE_P(Sqlite, MessageQueueContract, testing::Values(&sqliteHouse));

TEST_P(MessageQueueContract, PlacesALetterInEveryMailbox) {
  const domain::AppendRequest request = message(1);

  const auto appended = append(request);

  ASSERT_TRUE(appended);
  EXPECT_EQ(appended->id, request.id);
  EXPECT_EQ(appended->acceptedAt, now());
  EXPECT_FALSE(appended->repeated);
  ASSERT_EQ(appended->placed.size(), 3u);
  EXPECT_EQ(appended->placed[2].device, second);
  EXPECT_EQ(appended->placed[2].seq, 1);
  const auto page = await(ports().messages.page(first, {}, 10));
  ASSERT_TRUE(page);
  ASSERT_EQ(page->messages.size(), 1);
  const wire::MailItem expected{1,        request.id,     chat, alice.id, sender, wire::EnvelopeKind::Message,
                                "body10", toMillis(now())};
  EXPECT_EQ(page->messages.front(), expected);
  EXPECT_EQ(page->head, 1);
  EXPECT_FALSE(page->more);
}

TEST_P(MessageQueueContract, CountsEachMailboxFromOneWithoutGaps) {
  for (int i = 1; i <= 5; ++i) ASSERT_TRUE(append(message(i)));

  EXPECT_EQ(seqs(first), (std::vector<qint64>{1, 2, 3, 4, 5}));
  EXPECT_EQ(seqs(first, 3), (std::vector<qint64>{4, 5}));
  EXPECT_EQ(seqs(first, 0, 2), (std::vector<qint64>{1, 2}));
  EXPECT_TRUE(await(ports().messages.page(first, {}, 2))->more);
  EXPECT_FALSE(await(ports().messages.page(first, {3}, 2))->more);
  EXPECT_EQ(codeOf(await(ports().messages.page(DeviceId{99}, {}, 2))), "not_found");
}

// Case 88: the same message 1,000 times in parallel.
TEST_P(MessageQueueContract, StoresARepetitionOnce) {
  std::set<QByteArray> ids;
  int answers = 0;
  int fresh = 0;
  domain::AppendRequest request = message(1);
  for (int i = 0; i < 1000; ++i) {
    request.id = newId<MessageId>(house().clock, house().random);
    ports().messages.append(request, [&](const Result<domain::Appended> &appended) {
      ++answers;
      if (!appended) return;
      ids.insert(toText(appended->id));
      fresh += appended->repeated ? 0 : 1;
    });
  }
  ASSERT_TRUE(waitUntil([&] { return answers == 1000; }));

  EXPECT_EQ(ids.size(), 1u);
  EXPECT_EQ(fresh, 1);
  EXPECT_EQ(seqs(first).size(), 1u);
}

// Case 89.
TEST_P(MessageQueueContract, RefusesAnotherBodyUnderTheSameId) {
  ASSERT_TRUE(append(message(1, "one")));

  EXPECT_EQ(codeOf(append(message(1, "two"))), "idempotency_conflict");

  EXPECT_EQ(seqs(first).size(), 1u);
  EXPECT_TRUE(append(message(2, "two")));
}

TEST_P(MessageQueueContract, RemembersWhatItAccepted) {
  const domain::AppendRequest request = message(1);
  const auto appended = append(request);

  const auto before = await(ports().messages.accepted(sender, request.clientMsgId, request.bodyHash));

  ASSERT_TRUE(before);
  EXPECT_EQ(before->id, appended->id);
  EXPECT_EQ(before->acceptedAt, appended->acceptedAt);
  EXPECT_TRUE(before->repeated);
  EXPECT_EQ(codeOf(await(ports().messages.accepted(sender, request.clientMsgId, sha256("x")))), "idempotency_conflict");
  EXPECT_EQ(codeOf(await(ports().messages.accepted(own, request.clientMsgId, request.bodyHash))), "not_found");
}

TEST_P(MessageQueueContract, RefusesWhenDevicesChangedMeanwhile) {
  const domain::AppendRequest checked = message(1);
  activeDevice(bob, 12, 3);

  EXPECT_EQ(codeOf(append(checked)), "device_mismatch");

  EXPECT_TRUE(seqs(first).empty());
  EXPECT_TRUE(append(message(1)));  // checked anew
}

TEST_P(MessageQueueContract, AnswersARepetitionEvenAfterDevicesChanged) {
  const domain::AppendRequest request = message(1);
  const auto appended = append(request);
  activeDevice(bob, 12, 3);

  const auto again = append(request);

  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, appended->id);
  EXPECT_TRUE(again->repeated);
}

TEST_P(MessageQueueContract, PutsNothingIntoARevokedMailbox) {
  domain::AppendRequest request = message(1);
  ASSERT_TRUE(await(ports().manifests.append(act(bob, 3, second, false))));
  request.members = await(ports().conversations.roster(chat))->members;  // as if nobody had noticed

  EXPECT_EQ(codeOf(append(request)), "device_mismatch");

  EXPECT_TRUE(seqs(first).empty());
}

TEST_P(MessageQueueContract, DeletesUpToTheAcknowledged) {
  for (int i = 1; i <= 4; ++i) ASSERT_TRUE(append(message(i)));

  const auto head = acknowledge(first, 3);

  ASSERT_TRUE(head);
  EXPECT_EQ(head->head, 4);
  EXPECT_EQ(head->acked, 3);
  EXPECT_EQ(seqs(first), std::vector<qint64>{4});
  EXPECT_EQ(seqs(second).size(), 4u);
  EXPECT_EQ(seqs(first, 1), std::vector<qint64>{4});  // a cursor of before: from the lowest kept on
}

// Case 94.
TEST_P(MessageQueueContract, NeverMovesTheCursorBeyondTheHeadOrBack) {
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(append(message(i)));
  ASSERT_TRUE(acknowledge(first, 2));

  EXPECT_EQ(codeOf(acknowledge(first, 4)), "bad_request");
  EXPECT_EQ(codeOf(acknowledge(first, -1)), "bad_request");
  EXPECT_EQ(acknowledge(first, 1)->acked, 2);
  EXPECT_EQ(acknowledge(first, 2)->acked, 2);
  EXPECT_EQ(codeOf(acknowledge(DeviceId{99}, 1)), "not_found");

  EXPECT_EQ(seqs(first), std::vector<qint64>{3});
}

TEST_P(MessageQueueContract, GoesOnCountingAfterARestart) {
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(append(message(i)));
  ASSERT_TRUE(acknowledge(first, 3));

  house().restart();

  ASSERT_TRUE(append(message(4)));
  EXPECT_EQ(seqs(first), std::vector<qint64>{4});
  EXPECT_EQ(seqs(second), (std::vector<qint64>{1, 2, 3, 4}));
  EXPECT_EQ(await(ports().messages.head(first))->acked, 3);
}

TEST_P(MessageQueueContract, AnswersInOrderOfAsking) {
  std::vector<int> order;
  for (int i = 0; i < 300; ++i) {
    ports().messages.append(message(i), [&order, i](const Result<domain::Appended> &appended) {
      EXPECT_TRUE(appended);
      order.push_back(i);
    });
  }
  ASSERT_TRUE(waitUntil([&] { return order.size() == 300; }));

  EXPECT_TRUE(std::ranges::is_sorted(order));
  EXPECT_EQ(seqs(first, 299), std::vector<qint64>{300});
}

}  // namespace gx::test
