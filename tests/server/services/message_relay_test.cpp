// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <set>

#include "core/base/launch.h"
#include "tests/server/services/services_fixture.h"

namespace gx::test {

class MessageRelayTest : public ServicesTest {
 protected:
  explicit MessageRelayTest(HouseSettings houseSettings = {}) : ServicesTest(houseSettings) {
    hasAccount("alice@gxcoin.test");
    hasAccount("bob@gxcoin.test");
    alice = firstDevice("alice@gxcoin.test");
    bob = firstDevice("bob@gxcoin.test");
    chat = opensChat(alice, "bob@gxcoin.test");
    heard.clear();
  }
  static QList<wire::DeviceRef> refs(const std::vector<TestDevice> &devices) {
    QList<wire::DeviceRef> list;
    for (const TestDevice &device : devices) list.append({device.who.user, device.id()});
    return list;
  }

  TestDevice alice, bob;
  ConversationId chat;
};

TEST_F(MessageRelayTest, QueuesAndAnnouncesALetter) {
  const auto sent = sends(alice, message(chat, {bob}));

  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->serverTime, toMillis(house.clock.wallNow()));
  const auto mail = mailOf(bob);
  ASSERT_EQ(mail.size(), 1);
  EXPECT_EQ(mail[0].messageId, sent->messageId);
  EXPECT_EQ(mail[0].ciphertext, "sealed");
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_EQ(heard[0].to, bob.id());
  EXPECT_EQ(std::get<wire::MailItem>(heard[0].event), mail[0]);  // what is pushed is what is stored
}

TEST_F(MessageRelayTest, WantsAnEnvelopeForEveryOtherActiveDevice) {
  const TestDevice second = furtherDevice(alice, "alice@gxcoin.test");
  const TestDevice bobs = furtherDevice(bob, "bob@gxcoin.test");
  pendingDevice("bob@gxcoin.test");
  heard.clear();

  ASSERT_TRUE(sends(alice, message(chat, {second, bob, bobs})));

  for (const TestDevice &device : {second, bob, bobs}) {
    EXPECT_EQ(mailOf(device).size(), 1);
    EXPECT_EQ(timesHeard<wire::MailItem>(device.id()), 1);
  }
  EXPECT_TRUE(mailOf(alice).isEmpty());
}

// Case 90 of RELIABILITY.md: exact lists, nothing stored for anyone.
TEST_F(MessageRelayTest, NamesMissingExtraAndStaleDevices) {
  const TestDevice bobs = furtherDevice(bob, "bob@gxcoin.test");
  TestDevice stranger = bob;
  stranger.who.device = DeviceId{12345};

  const auto missing = sends(alice, message(chat, {bob}));
  const auto extra = sends(alice, message(chat, {bob, bobs, stranger}));
  const auto toOneself = sends(alice, message(chat, {bob, bobs, alice}));
  wire::SendRequest old = message(chat, {bob, bobs});
  old.envelopes[1].registrationId ^= 1;
  const auto stale = sends(alice, old);

  EXPECT_EQ(refusalOf(missing), "device_mismatch");
  EXPECT_EQ(missing.error().missing, refs({bobs}));
  EXPECT_TRUE(missing.error().extra.isEmpty());
  EXPECT_EQ(refusalOf(extra), "device_mismatch");
  ASSERT_EQ(extra.error().extra.size(), 1);
  EXPECT_EQ(extra.error().extra[0].deviceId, DeviceId{12345});
  EXPECT_TRUE(extra.error().missing.isEmpty());
  EXPECT_EQ(refusalOf(toOneself), "device_mismatch");
  EXPECT_EQ(refusalOf(stale), "stale_device");
  EXPECT_EQ(stale.error().stale, refs({bobs}));
  EXPECT_TRUE(mailOf(bob).isEmpty());
  EXPECT_TRUE(mailOf(bobs).isEmpty());
}

TEST_F(MessageRelayTest, SeesChangesOfDevicesAtOnce) {
  ASSERT_TRUE(sends(alice, message(chat, {bob}, 1)));
  const TestDevice bobs = furtherDevice(bob, "bob@gxcoin.test");
  EXPECT_EQ(refusalOf(sends(alice, message(chat, {bob}, 2))), "device_mismatch");
  ASSERT_TRUE(sends(alice, message(chat, {bob, bobs}, 2)));

  ASSERT_TRUE(await(all->devices.append(bob.who, manifestEntry(bob, bobs, false))));
  EXPECT_EQ(refusalOf(sends(alice, message(chat, {bob, bobs}, 3))), "device_mismatch");
  ASSERT_TRUE(sends(alice, message(chat, {bob}, 3)));

  wire::KeyUpload registered;
  registered.registrationId = *bob.keys.registrationId + 1;
  ASSERT_TRUE(await(all->keys.upload(bob.who, registered)));
  EXPECT_EQ(refusalOf(sends(alice, message(chat, {bob}, 4))), "stale_device");
}

// Between the check in memory and the commit another device becomes active: the message must not miss it.
TEST_F(MessageRelayTest, LetsNoMessageMissADeviceThatBecameActiveMeanwhile) {
  const TestDevice bobs = deviceWithKeys("bob@gxcoin.test");
  ASSERT_TRUE(sends(alice, message(chat, {bob}, 1)));  // the roster is in memory
  const wire::ManifestAppend entry = manifestEntry(bob, bobs);
  int outcomes = 0;
  int refused = 0;
  bool isActive = false;
  QObject context;

  launch(&context, all->devices.append(bob.who, entry),
         [&](const Result<wire::ManifestAppended> &appended) { isActive = appended.has_value(); });
  for (int i = 2; i < 200; ++i) {
    all->relay.send(alice.who, message(chat, {bob}, i), [&](const services::SendOutcome &outcome) {
      ++outcomes;
      refused += outcome ? 0 : 1;
    });
    // Never so far ahead that all of them are committed before the device is active.
    ASSERT_TRUE(waitUntil([&] { return outcomes > i - 12; }));
  }
  ASSERT_TRUE(waitUntil([&] { return outcomes == 198 && isActive; }));

  EXPECT_GT(refused, 0);
  EXPECT_EQ(mailOf(bob).size(), std::min(100, 199 - refused));
  EXPECT_TRUE(mailOf(bobs).isEmpty());
  EXPECT_EQ(refusalOf(sends(alice, message(chat, {bob}, 999))), "device_mismatch");
}

// Case 88.
TEST_F(MessageRelayTest, AnswersARepetitionTheSameWay) {
  const auto first = sends(alice, message(chat, {bob}));
  house.clock.advance(std::chrono::minutes(5));
  restart();

  const auto again = sends(alice, message(chat, {bob}));

  ASSERT_TRUE(first && again);
  EXPECT_EQ(*first, *again);
  EXPECT_EQ(mailOf(bob).size(), 1);
  EXPECT_EQ(timesHeard<wire::MailItem>(bob.id()), 1);
  EXPECT_EQ(all->relay.counters().repeated, 1u);
}

// C6: the answer was lost, and until the repetition the devices changed.
TEST_F(MessageRelayTest, AnswersARepetitionAlsoAfterDevicesChanged) {
  const auto first = sends(alice, message(chat, {bob}));
  furtherDevice(bob, "bob@gxcoin.test");

  const auto again = sends(alice, message(chat, {bob}));

  ASSERT_TRUE(again);
  EXPECT_EQ(*first, *again);
}

// Case 89.
TEST_F(MessageRelayTest, RefusesAnotherBodyUnderTheSameId) {
  ASSERT_TRUE(sends(alice, message(chat, {bob}, 1, "one")));

  EXPECT_EQ(refusalOf(sends(alice, message(chat, {bob}, 1, "two"))), "idempotency_conflict");
  EXPECT_TRUE(sends(bob, message(chat, {alice}, 1, "two")));  // ids are a device's own
}

// Cases 91 and 93.
TEST_F(MessageRelayTest, HoldsSizesAndCounts) {
  EXPECT_EQ(refusalOf(sends(alice, message(chat, {bob}, 1, {}))), "bad_request");
  EXPECT_EQ(refusalOf(sends(alice, message(chat, {bob}, 1, QByteArray(96 * 1024 + 1, 'x')))), "too_large");
  EXPECT_EQ(refusalOf(sends(alice, message(chat, {bob, bob}, 1))), "bad_request");
  const std::vector<TestDevice> many(61, bob);
  EXPECT_EQ(refusalOf(sends(alice, message(chat, many, 1))), "too_large");
  wire::SendRequest heavy = message(chat, {bob}, 1, QByteArray(90 * 1024, 'x'));
  for (quint32 id = 1; id <= 11; ++id) {
    heavy.envelopes.append(heavy.envelopes[0]);
    heavy.envelopes.last().deviceId = DeviceId{id};
  }
  EXPECT_EQ(refusalOf(sends(alice, heavy)), "too_large");
  EXPECT_TRUE(sends(alice, message(chat, {bob}, 1, QByteArray(96 * 1024, 'x'))));
}

// Case 49.
TEST_F(MessageRelayTest, HidesForeignConversations) {
  hasAccount("carol@gxcoin.test");
  const TestDevice carol = firstDevice("carol@gxcoin.test");

  EXPECT_EQ(refusalOf(sends(carol, message(chat, {alice, bob}))), "not_found");
  EXPECT_EQ(refusalOf(sends(alice, message(ConversationId{}, {bob}))), "not_found");
}

TEST_F(MessageRelayTest, TakesNothingFromPendingDevicesAndForNobody) {
  hasAccount("carol@gxcoin.test");
  const ConversationId lonely = opensChat(alice, "carol@gxcoin.test");
  const TestDevice pending = deviceWithKeys("carol@gxcoin.test");

  EXPECT_EQ(refusalOf(sends(alice, message(lonely, {}))), "no_devices");
  EXPECT_EQ(refusalOf(sends(pending, message(lonely, {alice}))), "device_pending");
}

TEST_F(MessageRelayTest, KeepsTheOrderOfOneSender) {
  int done = 0;
  for (int i = 0; i < 250; ++i)
    all->relay.send(alice.who, message(chat, {bob}, i, QByteArray::number(i)),
                    [&](const services::SendOutcome &outcome) { done += outcome ? 1 : 0; });
  ASSERT_TRUE(waitUntil([&] { return done == 250; }));

  qint64 seq = 0;
  for (int i = 0; i < 250; ++seq) {
    const auto page = mailOf(bob, seq);
    for (const auto &item : page) EXPECT_EQ(item.ciphertext, QByteArray::number(i++));
    seq = page.last().seq - 1;
  }
}

TEST_F(MessageRelayTest, CountsWhatItDid) {
  sends(alice, message(chat, {bob}, 1));
  sends(alice, message(chat, {bob}, 1));
  sends(alice, message(chat, {}, 2));

  EXPECT_EQ(all->relay.counters().accepted, 2u);
  EXPECT_EQ(all->relay.counters().repeated, 1u);
  EXPECT_EQ(all->relay.counters().letters, 1u);
  EXPECT_EQ(all->relay.counters().refused, 1u);
}

class FullMailboxTest : public MessageRelayTest {
 protected:
  static HouseSettings small() {
    HouseSettings settings;
    settings.mailboxLetters = 3;
    return settings;
  }
  FullMailboxTest() : MessageRelayTest(small()) {}
};

// Case 96.
TEST_F(FullMailboxTest, A96_RefusesUntilTheMailIsRead) {
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(sends(alice, message(chat, {bob}, i)));

  const auto refused = sends(alice, message(chat, {bob}, 4));

  EXPECT_EQ(refusalOf(refused), "mailbox_full");
  EXPECT_TRUE(isTransient(refused.error().error.kind));
  bool isAcked = false;
  all->mailbox.acknowledge(bob.who, {1}, [&](const Result<wire::MailAck> &ack) { isAcked = ack.has_value(); });
  ASSERT_TRUE(waitUntil([&] { return isAcked; }));
  EXPECT_TRUE(sends(alice, message(chat, {bob}, 4)));
}

class MessageLimitTest : public MessageRelayTest {
 protected:
  static HouseSettings limited() {
    HouseSettings settings;
    cache::BucketRules standard = cache::standardBucketRules();
    ruleOf(settings.rules, domain::Limit::Messages) = ruleOf(standard, domain::Limit::Messages);
    return settings;
  }
  MessageLimitTest() : MessageRelayTest(limited()) {}
};

TEST_F(MessageLimitTest, HoldsSixtyAndThenOneASecond) {
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(sends(alice, message(chat, {bob}, i)));

  const auto over = sends(alice, message(chat, {bob}, 60));

  EXPECT_EQ(refusalOf(over), "rate_limited");
  EXPECT_EQ(over.error().error.retryAfter, std::chrono::seconds(1));
  EXPECT_TRUE(sends(bob, message(chat, {alice}, 1)));
  house.clock.advance(std::chrono::seconds(1));
  EXPECT_TRUE(sends(alice, message(chat, {bob}, 60)));
}

}  // namespace gx::test
