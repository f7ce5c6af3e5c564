// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class MailboxTest : public ServicesTest {
 protected:
  MailboxTest() {
    hasAccount("alice@gxcoin.test");
    hasAccount("bob@gxcoin.test");
    alice = firstDevice("alice@gxcoin.test");
    bob = firstDevice("bob@gxcoin.test", 7);
    chat = opensChat(alice, "bob@gxcoin.test");
  }
  void aliceSends(int count) {
    for (int i = 1; i <= count; ++i) EXPECT_TRUE(sends(alice, message(chat, {bob}, ++m_number)));
  }
  Result<wire::MailAck> acknowledges(const TestDevice &device, qint64 seq, std::optional<MessageId> letter = {}) {
    std::optional<Result<wire::MailAck>> answer;
    all->mailbox.acknowledge(device.who, {seq, letter}, [&](Result<wire::MailAck> ack) { answer = std::move(ack); });
    EXPECT_TRUE(waitUntil([&] { return answer.has_value(); }));
    return *answer;
  }
  MessageId idOf(qint64 seq) {
    const auto page = await(all->mailbox.page(bob.who, {seq - 1}, 1));
    return page && !page->messages.isEmpty() ? page->messages.front().messageId : MessageId{};
  }
  Result<wire::Ready> opens(wire::MailAck after, std::optional<qint64> boot = {},
                            std::optional<qint64> sendTotal = {}) {
    wire::ConnectAuth auth;
    if (after.seq != 0) auth.after = after.seq;
    auth.messageId = after.messageId;
    auth.bootCounter = boot;
    auth.bootSends = sendTotal;
    return await(all->mailbox.open(bob.who, auth));
  }
  TestDevice alice, bob;
  ConversationId chat;

 private:
  int m_number = 0;
};

TEST_F(MailboxTest, GivesPagesAfterACursor) {
  aliceSends(5);

  const auto page = await(all->mailbox.page(bob.who, {2}, 2));

  ASSERT_TRUE(page);
  ASSERT_EQ(page->messages.size(), 2);
  EXPECT_EQ(page->messages[0].seq, 3);
  EXPECT_EQ(page->messages[0].senderId, alice.who.user);
  EXPECT_EQ(page->messages[0].senderDeviceId, alice.id());
  EXPECT_EQ(page->head, 5);
  EXPECT_TRUE(page->more);
  EXPECT_EQ(await(all->mailbox.page(bob.who, {}, 1000))->messages.size(), 5);
  EXPECT_EQ(await(all->mailbox.page(bob.who, {}, -3))->messages.size(), 1);
  EXPECT_EQ(refusalOf(await(all->mailbox.page(bob.who, {-1}, 10))), "bad_request");
}

// Case 94.
TEST_F(MailboxTest, AcknowledgesCumulatively) {
  aliceSends(4);

  EXPECT_EQ(acknowledges(bob, 3)->seq, 3);

  EXPECT_EQ(mailOf(bob).size(), 1);
  EXPECT_EQ(acknowledges(bob, 1)->seq, 3);
  EXPECT_EQ(refusalOf(acknowledges(bob, 5)), "bad_request");
  EXPECT_EQ(refusalOf(acknowledges(bob, -1)), "bad_request");
  EXPECT_EQ(refusalOf(acknowledges(alice, 4)), "bad_request");  // her own mailbox is empty
  EXPECT_EQ(mailOf(bob).size(), 1);
}

TEST_F(MailboxTest, SaysAtTheBeginningWhatStands) {
  aliceSends(3);

  const auto ready = opens({2, idOf(2)});

  ASSERT_TRUE(ready);
  EXPECT_EQ(ready->deviceId, bob.id());
  EXPECT_EQ(ready->head, 3);
  EXPECT_EQ(ready->acked, 2);
  EXPECT_EQ(ready->expired, 0);
  EXPECT_EQ(ready->preKeys, 7);
  EXPECT_FALSE(ready->rolledBack);
  EXPECT_EQ(ready->serverTime, toMillis(house.clock.wallNow()));
  EXPECT_EQ(mailOf(bob).size(), 1);  // `after` was an acknowledgement
}

// Case 108: the relay was restored from a backup and knows less than the device.
TEST_F(MailboxTest, PassesOverACursorBeyondTheHead) {
  aliceSends(2);

  const auto ready = opens({1000, idOf(1)});

  ASSERT_TRUE(ready);
  EXPECT_EQ(ready->head, 2);
  EXPECT_EQ(ready->acked, 0);
  EXPECT_EQ(mailOf(bob).size(), 2);
  EXPECT_TRUE(opens({}));
  EXPECT_TRUE(opens({-5, idOf(1)}));
  EXPECT_TRUE(opens({2}));  // a number alone proves nothing
  EXPECT_EQ(mailOf(bob).size(), 2);
}

// Case 108 as well: it has counted on, past the device's cursor.
TEST_F(MailboxTest, A108_PassesOverACursorOfALostFuture) {
  aliceSends(2);
  ASSERT_EQ(acknowledges(bob, 2, idOf(2))->seq, 2);
  relayIsBackedUp();
  aliceSends(3);
  const wire::MailAck cursor{5, idOf(5)};
  ASSERT_EQ(acknowledges(bob, 5, cursor.messageId)->seq, 5);
  backupIsRestored();
  aliceSends(6);

  const auto ready = opens(cursor);

  ASSERT_TRUE(ready);
  EXPECT_EQ(ready->acked, 2);
  EXPECT_EQ(ready->head, 8);
  EXPECT_EQ(mailOf(bob).size(), 6);
  EXPECT_EQ(acknowledges(bob, 5, cursor.messageId)->seq, 2);
  EXPECT_EQ(mailOf(bob).size(), 6);
  EXPECT_EQ(await(all->mailbox.page(bob.who, cursor, 10))->messages.size(), 6);
}

TEST_F(MailboxTest, A108_SeesARolledBackDevice) {
  EXPECT_FALSE(opens({}, 5, 100)->rolledBack);
  EXPECT_FALSE(opens({}, 6, 120)->rolledBack);
  EXPECT_FALSE(opens({})->rolledBack);

  EXPECT_TRUE(opens({}, 5, 120)->rolledBack);
  EXPECT_TRUE(opens({}, 7, 119)->rolledBack);
}

// Case 107.
TEST_F(MailboxTest, A107_TellsOfExpiredLetters) {
  aliceSends(2);
  house.clock.advance(std::chrono::days(31));
  aliceSends(1);
  ASSERT_TRUE(await(all->retention.sweep()));

  const auto ready = opens({});

  EXPECT_EQ(ready->expired, 2);
  EXPECT_EQ(ready->head, 3);
  const auto page = await(all->mailbox.page(bob.who, {}, 10));
  EXPECT_EQ(page->expired, 2);
  ASSERT_EQ(page->messages.size(), 1);
  EXPECT_EQ(page->messages[0].seq, 3);
}

}  // namespace gx::test
