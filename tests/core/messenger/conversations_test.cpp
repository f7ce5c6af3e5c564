// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/conversations.h"

#include <gtest/gtest.h>

#include "tests/core/messenger/person.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using namespace Qt::StringLiterals;
using test::await;
using test::Person;

class ConversationsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    alice.signsUp();
    bob.signsUp();
    alice.connects();
    bob.connects();
  }
  Conversations &conversations() { return alice.session().conversations(); }
  int unread(ConversationId chat) { return (*await(alice.vault().archive().conversation(chat)))->conversation.unread; }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  Person alice{relay, "alice@example.org"};
  Person bob{relay, "bob@example.org"};
};

TEST_F(ConversationsTest, OneHasOneConversationWithAPerson) {
  test::SignalProbe<ConversationId> changed(&conversations(), &Conversations::conversationChanged);

  const auto first = await(conversations().with(u"bob@example.org"_s));
  const auto second = await(conversations().with(u"bob@example.org"_s));

  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(changed.count(), 1U);  // the second was known here
  EXPECT_EQ(bob.talksTo(alice), *first);
}

TEST_F(ConversationsTest, AKnownOneNeedsNoRelay) {
  const auto chat = alice.talksTo(bob);
  relay.stop();

  EXPECT_EQ(await(conversations().with(u"bob@example.org"_s)).value(), chat);
  EXPECT_EQ(await(conversations().with(u"carol@example.org"_s)).error().kind, ErrorKind::Network);
}

TEST_F(ConversationsTest, WithOneselfThereIsNone) {
  EXPECT_EQ(await(conversations().with(u"alice@example.org"_s)).error().code, "with_self");
}

TEST_F(ConversationsTest, TheListShowsNewestLineAndUnread) {
  const auto chat = alice.talksTo(bob);
  bob.sends(bob.talksTo(alice), u"one"_s);
  bob.sends(bob.talksTo(alice), u"two"_s);
  ASSERT_TRUE(alice.sees(chat, u"two"_s));

  const auto rows = await(conversations().list());

  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().conversation.unread, 2);
  EXPECT_EQ(rows->front().others.front().account, u"bob@example.org"_s);
  ASSERT_TRUE(rows->front().preview.has_value());
  EXPECT_EQ(rows->front().preview->message.text, u"two"_s);
}

TEST_F(ConversationsTest, ReadingGoesUpToALineOnly) {
  const auto chat = alice.talksTo(bob);
  for (const auto &text : {u"1"_s, u"2"_s, u"3"_s}) bob.sends(bob.talksTo(alice), text);
  ASSERT_TRUE(alice.sees(chat, u"3"_s));
  const auto page = await(conversations().history(chat, {}));
  ASSERT_TRUE(page);
  ASSERT_EQ(page->messages.size(), 3U);

  const auto read = await(conversations().markRead(chat, page->messages[1].key));

  ASSERT_TRUE(read);
  EXPECT_EQ(read->changed.size(), 2U);
  EXPECT_EQ(read->unread, 1);
  EXPECT_TRUE(read->queuedWork);
  EXPECT_EQ(unread(chat), 1);
}

TEST_F(ConversationsTest, ReadingTwiceTellsNobodyTwice) {
  const auto chat = alice.talksTo(bob);
  bob.sends(bob.talksTo(alice), u"hi"_s);
  ASSERT_TRUE(alice.sees(chat, u"hi"_s));
  alice.readsAll(chat);
  test::SignalProbe<ConversationId> changed(&conversations(), &Conversations::conversationChanged);

  alice.readsAll(chat);

  EXPECT_EQ(changed.count(), 0U);
}

TEST_F(ConversationsTest, ReceiptsOffQueuesNothing) {
  ASSERT_TRUE(await(alice.vault().account().setSetting(u"receipts.read"_s, u"off"_s)));
  const auto chat = alice.talksTo(bob);
  bob.sends(bob.talksTo(alice), u"hi"_s);
  ASSERT_TRUE(alice.sees(chat, u"hi"_s));
  const auto page = await(conversations().history(chat, {}));
  ASSERT_TRUE(page);

  const auto read = await(conversations().markRead(chat, page->messages.back().key));

  ASSERT_TRUE(read);
  EXPECT_EQ(read->unread, 0);
  EXPECT_EQ(read->changed.size(), 1U);
}

TEST_F(ConversationsTest, HistoryComesInPages) {
  const auto chat = alice.talksTo(bob);
  for (int i = 0; i < 7; ++i) alice.sends(chat, QString::number(i));
  vault::PageRequest request;
  request.limit = 3;

  const auto newest = await(conversations().history(chat, request));
  ASSERT_TRUE(newest);
  ASSERT_EQ(newest->messages.size(), 3U);
  EXPECT_EQ(newest->messages[0].message.text, u"4"_s);
  EXPECT_TRUE(newest->hasMore);

  request.before = newest->messages[0].key;
  const auto older = await(conversations().history(chat, request));
  ASSERT_TRUE(older);
  EXPECT_EQ(older->messages[2].message.text, u"3"_s);
}

TEST_F(ConversationsTest, RemovedHereIsStillThere) {
  const auto chat = alice.talksTo(bob);
  const auto id = alice.sends(chat, u"keep it"_s);
  ASSERT_TRUE(bob.sees(bob.talksTo(alice), u"keep it"_s));

  ASSERT_TRUE(await(conversations().removeLocally({alice.self().user, id})));

  EXPECT_TRUE(alice.texts(chat).isEmpty());
  EXPECT_FALSE(await(conversations().find(chat, id))->has_value());
  EXPECT_EQ(bob.texts(bob.talksTo(alice)), QStringList{u"keep it"_s});
}

TEST_F(ConversationsTest, WhatIsNotOursIsNotFound) {
  ConversationId unknown;
  unknown.bytes[5] = 1;
  Person carol(relay, "carol@example.org");
  carol.signsUp();

  EXPECT_EQ(await(conversations().fetch(unknown)).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(await(carol.session().conversations().fetch(alice.talksTo(bob))).error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace gx::messenger
