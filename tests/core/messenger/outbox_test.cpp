// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/outbox.h"

#include <gtest/gtest.h>

#include "tests/core/messenger/person.h"
#include "tests/core/messenger/unconnected.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::Person;
using test::waitUntil;

using Delayed = test::SignalProbe<ClientMessageId, Error>;

class OutboxOffline : public test::Unconnected {};

TEST_F(OutboxOffline, AnUnknownConversationTakesNothing) {
  const auto sent = await(session->outbox().send(conversation(9), model::Text{u"hi"_s}));

  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, ErrorKind::NotFound);
  EXPECT_EQ(await(vault->outbox().counts())->queued, 0);
}

TEST_F(OutboxOffline, AnUnknownMessageIsNotSentAgain) {
  EXPECT_FALSE(await(session->outbox().retry(ClientMessageId{})));
}

TEST_F(OutboxOffline, WakingWithoutConnectionDoesNothing) {
  test::SignalProbe<> idle(&session->outbox(), &Outbox::idle);

  session->outbox().wake();
  clock.advance(60s);

  EXPECT_EQ(idle.count(), 0U);
}

class OutboxOverRelay : public ::testing::Test {
 protected:
  void SetUp() override {
    alice.signsUp();
    alice.connects();
  }
  Outbox &outbox() { return alice.session().outbox(); }
  vault::OutboxCounts counts() { return *await(alice.vault().outbox().counts()); }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  Person alice{relay, "alice@example.org"};
  Person bob{relay, "bob@example.org"};
};

TEST_F(OutboxOverRelay, WhoNeverSignedInIsWaitedFor) {
  ASSERT_TRUE(
      await(bob.session().signIn().registerAccount({"bob@example.org", "correct horse battery"}, std::nullopt)));
  const auto chat = alice.talksTo(bob);
  Delayed delayed(&outbox(), &Outbox::delayed);

  const auto id = alice.writes(chat, model::Text{u"welcome"_s});

  ASSERT_TRUE(delayed.waitFor(1));
  EXPECT_EQ(delayed.value(), id);
  EXPECT_EQ(delayed.value<1>().code, "no_devices");
  EXPECT_EQ(alice.message(chat, id).state, model::MessageState::Queued);
  EXPECT_EQ(counts().queued, 1);

  ASSERT_EQ(bob.signsIn(), SignInOutcome::Approved);
  bob.connects();
  EXPECT_TRUE(bob.sees(bob.talksTo(alice), u"welcome"_s));
  EXPECT_EQ(counts().queued, 0);
}

TEST_F(OutboxOverRelay, OneWhoCannotBeReachedDoesNotHoldUpTheOthers) {
  Person carol(relay, "carol@example.org");
  ASSERT_TRUE(
      await(carol.session().signIn().registerAccount({"carol@example.org", "correct horse battery"}, std::nullopt)));
  bob.signsUp();
  bob.connects();
  Delayed delayed(&outbox(), &Outbox::delayed);
  alice.writes(alice.talksTo(carol), model::Text{u"are you there?"_s});
  ASSERT_TRUE(delayed.waitFor(1));

  alice.sends(alice.talksTo(bob), u"hello bob"_s);

  EXPECT_TRUE(bob.sees(bob.talksTo(alice), u"hello bob"_s));
  EXPECT_EQ(counts().queued, 1);
}

TEST_F(OutboxOverRelay, AMessageGoesThroughItsStates) {
  bob.signsUp();
  const auto chat = alice.talksTo(bob);
  test::SignalProbe<ConversationId, vault::MessageRef> changed(&outbox(), &Outbox::messageChanged);
  test::SignalProbe<> idle(&outbox(), &Outbox::idle);

  const auto id = alice.sends(chat, u"hello"_s);

  EXPECT_TRUE(alice.reaches(chat, id, model::MessageState::Sent));
  ASSERT_GE(changed.count(), 2U);  // written, then sent
  EXPECT_EQ(changed.value(), chat);
  EXPECT_EQ(changed.value<1>(), (vault::MessageRef{alice.self().user, id}));
  EXPECT_TRUE(alice.message(chat, id).serverId.has_value());
  EXPECT_TRUE(alice.message(chat, id).serverTime.has_value());
  EXPECT_TRUE(idle.waitFor(1));
}

TEST_F(OutboxOverRelay, AMessageThatIsNotFailedIsNotSentAgain) {
  bob.signsUp();
  const auto chat = alice.talksTo(bob);
  const auto id = alice.sends(chat, u"once"_s);

  EXPECT_FALSE(await(outbox().retry(id)));
  bob.connects();
  EXPECT_TRUE(bob.sees(bob.talksTo(alice), u"once"_s));
  EXPECT_EQ(bob.texts(bob.talksTo(alice)).size(), 1);
}

TEST_F(OutboxOverRelay, WhatIsWrittenWithoutRelayLeavesInOrderAfterARestart) {
  bob.signsUp();
  const auto chat = alice.talksTo(bob);
  alice.disconnects();
  relay.stop();
  alice.reopens();
  for (const auto &text : {u"1"_s, u"2"_s, u"3"_s}) alice.writes(chat, model::Text{text});
  EXPECT_EQ(counts().queued, 3);
  alice.disconnects();

  relay.start();
  alice.reopens();
  alice.connects();
  bob.reopens();
  bob.connects();

  EXPECT_TRUE(bob.sees(bob.talksTo(alice), u"3"_s));
  EXPECT_EQ(bob.texts(bob.talksTo(alice)), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
}

TEST_F(OutboxOverRelay, AReadReceiptLeavesByItself) {
  bob.signsUp();
  bob.connects();
  const auto chat = bob.talksTo(alice);
  const auto id = bob.sends(chat, u"read me"_s);
  ASSERT_TRUE(alice.sees(chat, u"read me"_s));

  alice.readsAll(chat);

  EXPECT_TRUE(bob.reaches(chat, id, model::MessageState::Read));
  EXPECT_TRUE(waitUntil([&] { return counts().others == 0; }));
}

TEST_F(OutboxOverRelay, AfterShutdownNothingLeaves) {
  bob.signsUp();
  const auto chat = alice.talksTo(bob);
  await(outbox().shutdown());

  const auto id = alice.writes(chat, model::Text{u"too late"_s});

  EXPECT_EQ(alice.message(chat, id).state, model::MessageState::Queued);
  EXPECT_EQ(counts().queued, 1);
}

}  // namespace
}  // namespace gx::messenger
