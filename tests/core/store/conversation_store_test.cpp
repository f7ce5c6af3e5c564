// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/conversation_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class ConversationStoreTest : public StoreTest {
 protected:
  void setsFacts(ConversationId id, const std::vector<store::ParticipantRow> &participants, qint64 createdAt = 5) {
    model::Conversation facts;
    facts.id = id;
    must(conversations.setFacts(facts, fromMillis(createdAt), participants));
  }
  store::ConversationStore conversations{*database};
  const ConversationId other = idOf<ConversationId>(4);
};

TEST_F(ConversationStoreTest, KeepsThemInOrderOfActivityPinnedFirst) {
  setsFacts(chat, {{alice, u"OWNER"_s}, {bob, u"MEMBER"_s}}, 5);
  setsFacts(other, {{alice, u"OWNER"_s}}, 9);
  must(conversations.touch(chat, fromMillis(20)));
  must(conversations.touch(chat, fromMillis(10)));

  auto all = must(conversations.all());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, chat);
  EXPECT_EQ(all[0].lastActivity, fromMillis(20));
  must(database->execute("UPDATE conversation SET is_pinned = 1 WHERE last_activity = 9"));
  all = must(conversations.all());
  EXPECT_EQ(all[0].id, other);
  EXPECT_TRUE(all[0].isPinned);
}

TEST_F(ConversationStoreTest, KnowsOneWeOnlySawALetterOf) {
  must(conversations.ensure(chat, fromMillis(1)));
  EXPECT_FALSE(must(conversations.hasFacts(chat)));
  EXPECT_TRUE(must(conversations.conversation(chat)));
  EXPECT_FALSE(must(conversations.conversation(other)));

  setsFacts(chat, {{alice, u"OWNER"_s}, {bob, u"MEMBER"_s}});
  must(conversations.ensure(chat, fromMillis(99)));

  EXPECT_TRUE(must(conversations.hasFacts(chat)));
  EXPECT_EQ(count("SELECT created_at FROM conversation"), 5);
}

TEST_F(ConversationStoreTest, LetsFactsReplaceWhoTakesPartButNotWhatIsOurs) {
  setsFacts(chat, {{alice, u"OWNER"_s}, {bob, u"MEMBER"_s}});
  must(conversations.setUnread(chat, 3));
  setsFacts(chat, {{alice, u"OWNER"_s}, {idOf<UserId>(7), u"MEMBER"_s}});

  EXPECT_EQ(must(conversations.participants(chat)),
            (std::vector<store::ParticipantRow>{{alice, u"OWNER"_s}, {idOf<UserId>(7), u"MEMBER"_s}}));
  EXPECT_FALSE(must(conversations.isParticipant(chat, bob)));
  EXPECT_EQ(must(conversations.conversation(chat))->unread, 3);
}

TEST_F(ConversationStoreTest, FindsTheOldestDirectOneWithAPerson) {
  setsFacts(chat, {{alice, u"OWNER"_s}, {bob, u"MEMBER"_s}}, 50);
  setsFacts(other, {{alice, u"OWNER"_s}, {bob, u"MEMBER"_s}}, 40);

  EXPECT_EQ(must(conversations.directWith(bob)), other);
  EXPECT_FALSE(must(conversations.directWith(idOf<UserId>(99))));
  EXPECT_TRUE(must(conversations.isParticipant(other, bob)));
}

}  // namespace

}  // namespace gx::test
