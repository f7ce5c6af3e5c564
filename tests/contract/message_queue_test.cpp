// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <set>

#include "tests/contract/repository_contract.h"

namespace gx::test {

class MessageQueueContract : public RepositoryContract {
 protected:
  void SetUp() override { arrange({}); }
  void arrange(HouseSettings settings) {
    open(settings);
    alice = account("alice@gxcoin.test");
    bob = account("bob@gxcoin.test");
    sender = activeDevice(alice, 1);
    own = activeDevice(alice, 2, 2);
    first = activeDevice(bob, 10);
    second = activeDevice(bob, 11, 2);
    chat = conversation(alice, bob);
  }
  domain::AppendRequest message(int number, const QByteArray &body = "body") {
    domain::AppendRequest request;
    request.id = newId<MessageId>(house().clock, house().random);
    request.conversation = chat;
    request.sender = alice.id;
    request.senderDevice = sender;
    request.clientMsgId.bytes[15] = static_cast<unsigned char>(number);
    request.clientMsgId.bytes[14] = static_cast<unsigned char>(number >> 8);
    request.bodyHash = sha256(body);
    request.now = now();
    request.members = await(ports().conversations.roster(chat))->members;
    for (const DeviceId device : {own, first, second})
      request.letters.push_back({device, wire::EnvelopeKind::Message, body + toText(device)});
    return request;
  }
  Result<domain::Appended> append(domain::AppendRequest request) {
    std::optional<Result<domain::Appended>> answer;
    ports().messages.append(std::move(request), [&](Result<domain::Appended> appended) { answer = appended; });
    EXPECT_TRUE(waitUntil([&] { return answer.has_value(); }));
    return *answer;
  }
  Result<domain::MailboxHead> acknowledge(DeviceId device, qint64 seq) {
    std::optional<Result<domain::MailboxHead>> answer;
    ports().messages.acknowledge(device, seq, [&](Result<domain::MailboxHead> head) { answer = head; });
    EXPECT_TRUE(waitUntil([&] { return answer.has_value(); }));
    return *answer;
  }
  std::vector<qint64> seqs(DeviceId device, qint64 after = 0, int limit = 100) {
    std::vector<qint64> found;
    const auto page = await(ports().messages.page(device, after, limit));
    EXPECT_TRUE(page);
    for (const auto &item : page->messages) found.push_back(item.seq);
    return found;
  }

  domain::Account alice, bob;
  DeviceId sender, own, first, second;
  ConversationId chat;
};
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
  const auto page = await(ports().messages.page(first, 0, 10));
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
  EXPECT_TRUE(await(ports().messages.page(first, 0, 2))->more);
  EXPECT_FALSE(await(ports().messages.page(first, 3, 2))->more);
  EXPECT_EQ(codeOf(await(ports().messages.page(DeviceId{99}, 0, 2))), "not_found");
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

// Case 96, with smaller numbers.
TEST_P(MessageQueueContract, RefusesWhenOneMailboxIsFull) {
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

TEST_P(MessageQueueContract, CountsTheBytesOfAMailbox) {
  HouseSettings small;
  small.mailboxBytes = 1000;
  arrange(small);
  ASSERT_TRUE(append(message(1, QByteArray(600, 'x'))));

  EXPECT_EQ(codeOf(append(message(2, QByteArray(600, 'y')))), "mailbox_full");
  ASSERT_TRUE(append(message(3, QByteArray(300, 'z'))));
  for (const DeviceId device : {own, first, second}) ASSERT_TRUE(acknowledge(device, 1));
  EXPECT_TRUE(append(message(2, QByteArray(600, 'y'))));
}

TEST_P(MessageQueueContract, CutsAPageAtAboutAMiB) {
  for (int i = 1; i <= 14; ++i) ASSERT_TRUE(append(message(i, QByteArray(90 * 1024, 'x'))));

  const auto page = await(ports().messages.page(first, 0, 100));

  ASSERT_TRUE(page);
  EXPECT_TRUE(page->more);
  EXPECT_GE(page->messages.size(), 11);
  EXPECT_LT(page->messages.size(), 14);
}

TEST_P(MessageQueueContract, ExpiresOldLettersAndCountsThem) {
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

TEST_P(MessageQueueContract, ForgetsAcceptedMessagesOnlyWhenNobodyWaitsForThem) {
  const domain::AppendRequest old = message(1);
  ASSERT_TRUE(append(old));
  ASSERT_TRUE(append(message(2)));
  for (const DeviceId device : {own, first, second}) ASSERT_TRUE(acknowledge(device, 1));
  house().clock.advance(std::chrono::days(46));

  EXPECT_EQ(await(ports().messages.forgetAccepted(now() - std::chrono::days(45), 100)).value(), 1);

  EXPECT_EQ(codeOf(await(ports().messages.accepted(sender, old.clientMsgId, old.bodyHash))), "not_found");
  EXPECT_EQ(seqs(first), std::vector<qint64>{2});
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
