// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include "tests/core/messenger/person.h"
#include "tests/support/signal_probe.h"

namespace gx {
namespace {

using namespace Qt::StringLiterals;
using test::Person;
using test::RelayProcess;
using test::waitUntil;

class Conversation : public ::testing::Test {
 protected:
  void SetUp() override {
    alice.signsUp();
    bob.signsUp();
    alice.connects();
    bob.connects();
    chat = alice.talksTo(bob);
    ASSERT_EQ(bob.talksTo(alice), chat);
  }

  test::TempFolder folder;
  RelayProcess relay{{.folder = folder.path()}};
  Person alice{relay, "alice@example.org"};
  Person bob{relay, "bob@example.org"};
  ConversationId chat;
};

TEST_F(Conversation, ATextArrivesAndItsTicksComeBack) {
  const auto id = alice.sends(chat, u"hello"_s);

  EXPECT_TRUE(bob.sees(chat, u"hello"_s));
  EXPECT_TRUE(alice.reaches(chat, id, model::MessageState::Delivered));
  bob.readsAll(chat);
  EXPECT_TRUE(alice.reaches(chat, id, model::MessageState::Read));
  EXPECT_EQ(bob.talksTo(alice), chat);
}

TEST_F(Conversation, ManyTextsKeepTheirOrder) {
  QStringList written;
  for (int i = 0; i < 40; ++i) written.append(u"line %1"_s.arg(i));
  for (const QString &text : written) alice.writes(chat, model::Text{text});

  EXPECT_TRUE(waitUntil([&] { return bob.texts(chat).size() == written.size(); }, std::chrono::seconds(30)));
  EXPECT_EQ(bob.texts(chat), written);
  EXPECT_EQ(alice.texts(chat), written);
}

TEST_F(Conversation, BothMayStartAtTheSameTime) {
  for (int i = 0; i < 5; ++i) {
    alice.writes(chat, model::Text{u"a%1"_s.arg(i)});
    bob.writes(chat, model::Text{u"b%1"_s.arg(i)});
  }

  EXPECT_TRUE(waitUntil([&] { return bob.texts(chat).size() == 10 && alice.texts(chat).size() == 10; },
                        std::chrono::seconds(30)));
  EXPECT_EQ(alice.texts(chat), bob.texts(chat));
}

TEST_F(Conversation, RepliesEditsReactionsAndDeletionsReachTheOtherSide) {
  const auto first = alice.sends(chat, u"firts"_s);
  ASSERT_TRUE(bob.sees(chat, u"firts"_s));

  alice.sendsContent(chat, model::Edit{first, u"first"_s});
  EXPECT_TRUE(bob.sees(chat, u"first"_s));
  EXPECT_TRUE(bob.message(chat, first).editedAt.has_value());

  const auto reply = bob.sendsContent(chat, model::Reply{u"second"_s, first, alice.self().user, u"first"_s});
  EXPECT_TRUE(alice.sees(chat, u"second"_s));
  EXPECT_EQ(alice.message(chat, reply).quoted, first);

  bob.sendsContent(chat, model::Reaction{first, alice.self().user, u"👍"_s, false});
  EXPECT_TRUE(waitUntil([&] { return alice.message(chat, first).reactions.size() == 1; }));
  bob.sendsContent(chat, model::Reaction{first, alice.self().user, u"👍"_s, true});
  EXPECT_TRUE(waitUntil([&] { return alice.message(chat, first).reactions.empty(); }));

  alice.sendsContent(chat, model::Deletion{first});
  EXPECT_TRUE(waitUntil([&] { return bob.message(chat, first).isDeleted; }));
}

TEST_F(Conversation, OnlyTheAuthorMayEdit) {
  const auto id = alice.sends(chat, u"mine"_s);
  ASSERT_TRUE(bob.sees(chat, u"mine"_s));

  const auto refused = test::await(bob.session().outbox().send(chat, model::Edit{id, u"yours"_s}));

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Forbidden);
}

TEST_F(Conversation, WhatIsWrittenWhileTheRelayIsGoneArrivesOnceInOrder) {
  alice.sends(chat, u"0"_s);
  ASSERT_TRUE(bob.sees(chat, u"0"_s));
  relay.kill();
  ASSERT_TRUE(waitUntil([&] { return !alice.session().connection().isOnline(); }, std::chrono::seconds(30)));
  for (int i = 1; i <= 5; ++i) alice.writes(chat, model::Text{QString::number(i)});
  for (int i = 1; i <= 5; ++i) EXPECT_EQ(alice.texts(chat).at(i), QString::number(i));

  relay.start();
  alice.session().connection().retryNow();
  bob.session().connection().retryNow();

  EXPECT_TRUE(waitUntil([&] { return bob.texts(chat).size() == 6; }, std::chrono::seconds(60)));
  EXPECT_EQ(bob.texts(chat), (QStringList{u"0"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s}));
}

TEST_F(Conversation, ARelayThatRestartsInOrderSaysWhenToComeBack) {
  const auto &connection = alice.session().connection();

  EXPECT_EQ(relay.stop(), 0);

  ASSERT_TRUE(waitUntil([&] { return connection.state() == net::Reconnector::State::Waiting; }));
  EXPECT_EQ(connection.reason().code, "relay_restarts");
  EXPECT_GT(connection.reason().retryAfter.count(), 0);
  relay.start();
  EXPECT_TRUE(waitUntil([&] { return connection.isOnline(); }, std::chrono::seconds(30)));
  alice.sends(chat, u"after it"_s);
  EXPECT_TRUE(bob.sees(chat, u"after it"_s));
}

TEST_F(Conversation, WhatIsWrittenOfflineSurvivesARestart) {
  bob.disconnects();
  const auto id = alice.sends(chat, u"while you were away"_s);
  alice.disconnects();
  alice.reopens();
  EXPECT_EQ(alice.message(chat, id).state, model::MessageState::Sent);

  bob.reopens();
  bob.connects();

  EXPECT_TRUE(bob.sees(chat, u"while you were away"_s));
  EXPECT_EQ(bob.texts(chat).size(), 1);
  alice.connects();
  EXPECT_TRUE(alice.reaches(chat, id, model::MessageState::Delivered));
}

TEST_F(Conversation, TypingIsSeenAndForgotten) {
  alice.sends(chat, u"hi"_s);
  ASSERT_TRUE(bob.sees(chat, u"hi"_s));
  test::SignalProbe<ConversationId, UserId, bool> typing(&bob.session().typing(), &messenger::Typing::changed);

  alice.session().typing().setOwn(chat, true);
  ASSERT_TRUE(typing.waitFor(1));
  EXPECT_EQ(typing.value<1>(), alice.self().user);
  EXPECT_TRUE(typing.value<2>());

  alice.session().typing().setOwn(chat, false);
  ASSERT_TRUE(typing.waitFor(2));
  EXPECT_FALSE(typing.value<2>(1));
}

TEST_F(Conversation, PresenceIsToldToWhoWatches) {
  alice.sends(chat, u"hi"_s);
  ASSERT_TRUE(bob.sees(chat, u"hi"_s));
  const UserId user = bob.self().user;
  alice.session().presence().watch({user});
  EXPECT_TRUE(waitUntil([&] { return alice.session().presence().of(user).state == wire::PresenceState::Online; }));

  bob.session().presence().setOwn(wire::PresenceState::Away);
  EXPECT_TRUE(waitUntil([&] { return alice.session().presence().of(user).state == wire::PresenceState::Away; }));

  bob.disconnects();
  EXPECT_TRUE(waitUntil([&] { return alice.session().presence().of(user).state == wire::PresenceState::Offline; }));
}

TEST_F(Conversation, BothSeeTheSameSafetyNumber) {
  alice.sends(chat, u"hi"_s);
  ASSERT_TRUE(bob.sees(chat, u"hi"_s));

  const auto ours = test::await(alice.session().safety().number(bob.self().user));
  const auto theirs = test::await(bob.session().safety().number(alice.self().user));

  ASSERT_TRUE(ours && theirs);
  EXPECT_EQ(ours->digits, theirs->digits);
  EXPECT_EQ(ours->digits.size(), 60);
}

TEST_F(Conversation, NobodyIsFoundUnderAnUnknownName) {
  const auto nobody = test::await(alice.session().conversations().with(u"nobody@example.org"_s));

  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().kind, ErrorKind::NotFound);
}

TEST_F(Conversation, WithReceiptsOffNobodyLearnsWhatWasRead) {
  ASSERT_TRUE(test::await(bob.vault().account().setSetting(u"receipts.read"_s, u"off"_s)));
  const auto id = alice.sends(chat, u"read me"_s);
  ASSERT_TRUE(bob.sees(chat, u"read me"_s));
  bob.readsAll(chat);

  bob.sends(chat, u"later than the receipt would be"_s);
  ASSERT_TRUE(alice.sees(chat, u"later than the receipt would be"_s));

  EXPECT_TRUE(alice.reaches(chat, id, model::MessageState::Delivered));
  const auto work = test::await(bob.vault().outbox().work());
  ASSERT_TRUE(work);
}

}  // namespace
}  // namespace gx
