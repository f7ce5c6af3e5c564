// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/archive.h"

#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class ArchiveTest : public VaultTest {
 protected:
  vault::Archive &archive() { return alice->vault().archive(); }
};

TEST_F(ArchiveTest, ListsConversationsWithPeopleAndPreview) {
  vault::ConversationFacts older = facts();
  older.id = ConversationId{{2}};
  older.createdAt = clock.wallNow() - std::chrono::hours(1);
  must(archive().upsert(older));
  alice->sends(chat, u"hello"_s);

  const auto rows = must(archive().conversations());

  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].conversation.id, chat);
  EXPECT_EQ(rows[0].conversation.participants, std::vector<UserId>{bobUser});
  ASSERT_EQ(rows[0].others.size(), 1U);
  EXPECT_EQ(rows[0].others[0].account, u"bob@gxcoin.test"_s);
  EXPECT_EQ(rows[0].preview->message.text, u"hello"_s);
  EXPECT_FALSE(rows[1].preview);
}

TEST_F(ArchiveTest, FindsTheDirectConversationWithAPerson) {
  EXPECT_EQ(must(archive().directWith(u"bob@gxcoin.test"_s)), chat);
  EXPECT_FALSE(must(archive().directWith(u"carol@gxcoin.test"_s)));
  EXPECT_FALSE(must(archive().directWith(u"alice@gxcoin.test"_s)));
  EXPECT_EQ(must(archive().contact(bobUser))->account, u"bob@gxcoin.test"_s);
}

TEST_F(ArchiveTest, DoesNotBelieveThatADirectConversationGotAThirdPerson) {
  auto more = facts();
  more.participants.push_back({UserId{{77}}, u"mallory@gxcoin.test"_s, u"MEMBER"_s});

  EXPECT_EQ(await(archive().upsert(more)).error().kind, ErrorKind::Untrusted);
  auto swapped = facts();
  swapped.participants[1].user = UserId{{77}};
  EXPECT_EQ(await(archive().upsert(swapped)).error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(must(archive().conversation(chat))->conversation.participants, std::vector<UserId>{bobUser});
}

TEST_F(ArchiveTest, DoesNotBelieveInANewConversationWithSomebodyMoreInIt) {
  const vault::ParticipantFacts mallory{UserId{{77}}, u"mallory@gxcoin.test"_s, u"MEMBER"_s};
  auto asGroup = facts();
  asGroup.id = ConversationId{{3}};
  asGroup.kind = model::ConversationKind::Group;
  asGroup.participants.push_back(mallory);
  auto withoutUs = facts();
  withoutUs.id = ConversationId{{4}};
  withoutUs.participants[0] = mallory;

  EXPECT_EQ(await(archive().upsert(asGroup)).error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(await(archive().upsert(withoutUs)).error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(must(archive().conversations()).size(), 1U);
}

TEST_F(ArchiveTest, PagesBothWaysWithoutHolesOrRepetitions) {
  for (int i = 0; i < 25; ++i) alice->queues(chat, QString::number(i));
  const auto whole = alice->history(chat);
  ASSERT_EQ(whole.size(), 25U);

  std::vector<vault::ArchivedMessage> backwards;
  vault::PageRequest request;
  request.limit = 10;
  for (bool more = true; more;) {
    const auto page = must(archive().page(chat, request));
    backwards.insert(backwards.begin(), page.messages.begin(), page.messages.end());
    request.before = page.messages.front().key;
    more = page.hasMore;
  }
  std::vector<vault::ArchivedMessage> forwards{whole.front()};
  vault::PageRequest on;
  on.limit = 7;
  for (bool more = true; more;) {
    on.after = forwards.back().key;
    const auto page = must(archive().page(chat, on));
    forwards.insert(forwards.end(), page.messages.begin(), page.messages.end());
    more = page.hasMore;
  }

  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_EQ(backwards.at(i).message, whole[i].message);
    EXPECT_EQ(forwards.at(i).message, whole[i].message);
  }
  EXPECT_EQ(backwards.size(), whole.size());
  EXPECT_EQ(forwards.size(), whole.size());
}

TEST_F(ArchiveTest, StandsQueuedMessagesBehindAllOthersUntilTheyAreSent) {
  const auto queued = alice->queues(chat, u"written first"_s);
  clock.advance(std::chrono::seconds(5));
  bob->sends(chat, u"arrived first"_s);
  alice->receives();

  EXPECT_EQ(alice->texts(chat), (std::vector<QString>{u"arrived first"_s, u"written first"_s}));
  alice->drains();
  bob->receives();
  EXPECT_EQ(alice->texts(chat), bob->texts(chat));
  EXPECT_EQ(alice->line(aliceUser, queued)->line.message.state, model::MessageState::Sent);
}

TEST_F(ArchiveTest, MarksReadUpToALineOnly) {
  for (const QString &text : {u"1"_s, u"2"_s, u"3"_s}) bob->sends(chat, text);
  alice->receives();
  const auto lines = alice->history(chat);

  const auto outcome = must(archive().markRead(chat, lines[1].key, false));

  EXPECT_EQ(outcome.changed.size(), 2U);
  EXPECT_EQ(outcome.unread, 1);
  EXPECT_FALSE(outcome.queuedWork);
  EXPECT_EQ(alice->unread(chat), 1);
  EXPECT_TRUE(must(archive().markRead(chat, lines[2].key, true)).queuedWork);
  EXPECT_TRUE(must(archive().markRead(chat, lines[2].key, true)).changed.empty());
}

TEST_F(ArchiveTest, FindsALineByTheIdAPersonTypes) {
  const auto id = alice->sends(chat, u"hello"_s);

  EXPECT_EQ(must(archive().find(chat, id))->line.message.text, u"hello"_s);
  EXPECT_FALSE(must(archive().find(chat, ClientMessageId{{1}})));
  EXPECT_FALSE(must(archive().find(ConversationId{{1}}, id)));
}

TEST_F(ArchiveTest, RemovesALineOnThisDeviceAlone) {
  const auto id = bob->sends(chat, u"hello"_s);
  alice->receives();
  laptop->receives();

  must(archive().removeLocally({bobUser, id}));
  must(archive().removeLocally({bobUser, id}));

  EXPECT_FALSE(alice->line(bobUser, id));
  EXPECT_EQ(alice->unread(chat), 0);
  EXPECT_TRUE(laptop->line(bobUser, id));
}

}  // namespace

}  // namespace gx::test
