// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class MailboxShareTest : public ServicesTest {
 protected:
  static HouseSettings shared() {
    HouseSettings settings;
    settings.mailboxLetters = 8;
    settings.mailboxSenders = 4;
    return settings;
  }
  MailboxShareTest() : ServicesTest(shared()) {
    hasAccount("alice@gxcoin.test");
    hasAccount("bob@gxcoin.test");
    alice = firstDevice("alice@gxcoin.test");
    bob = firstDevice("bob@gxcoin.test");
    chat = opensChat(alice, "bob@gxcoin.test");
  }
  TestDevice alice, bob;
  ConversationId chat;
};

TEST_F(MailboxShareTest, OneSenderLeavesRoomForOthers) {
  hasAccount("carol@gxcoin.test");
  const TestDevice carol = firstDevice("carol@gxcoin.test");
  const ConversationId other = opensChat(carol, "bob@gxcoin.test");
  for (int i = 1; i <= 2; ++i) ASSERT_TRUE(sends(alice, message(chat, {bob}, i)));

  EXPECT_EQ(refusalOf(sends(alice, message(chat, {bob}, 3))), "mailbox_full");
  EXPECT_TRUE(sends(carol, message(other, {bob}, 1)));
}

TEST_F(MailboxShareTest, OwnDevicesHaveNoShare) {
  const TestDevice laptop = furtherDevice(alice, "alice@gxcoin.test");
  for (int i = 1; i <= 4; ++i) {
    ASSERT_TRUE(sends(alice, message(chat, {bob, laptop}, i))) << i;
    bool isAcked = false;
    all->mailbox.acknowledge(bob.who, {i}, [&](const Result<wire::MailAck> &ack) { isAcked = ack.has_value(); });
    ASSERT_TRUE(waitUntil([&] { return isAcked; }));
  }

  EXPECT_EQ(mailOf(laptop).size(), 4);
}

}  // namespace gx::test
