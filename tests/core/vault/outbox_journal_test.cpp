// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/outbox_journal.h"

#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class OutboxJournalTest : public VaultTest {
 protected:
  vault::OutboxJournal &journal() { return alice->vault().outbox(); }
  ErrorKind appendError(const model::Content &content) {
    const auto change = await(journal().append(chat, content));
    return change ? ErrorKind::Internal : change.error().kind;
  }
};

TEST_F(OutboxJournalTest, ShowsAMessageAtOnceAndKeepsItOverARestart) {
  const auto change = must(journal().append(chat, model::Text{u"hello"_s}));
  alice->restarts();

  EXPECT_EQ(change.shown, (vault::MessageRef{aliceUser, change.id}));
  EXPECT_EQ(alice->line(aliceUser, change.id)->line.message.state, model::MessageState::Queued);
  EXPECT_EQ(must(journal().work()).ready, std::vector<ConversationId>{chat});
  EXPECT_EQ(must(journal().counts()).queued, 1);
}

TEST_F(OutboxJournalTest, GivesTheSameItemUntilItIsMarkedAndThenTheNext) {
  const auto first = alice->queues(chat, u"1"_s);
  const auto second = alice->queues(chat, u"2"_s);

  EXPECT_EQ(must(journal().next(chat))->id, first);
  alice->seals(first);
  EXPECT_EQ(must(journal().next(chat)), (vault::OutboxItem{first, chat, vault::OutboxClass::Message, true}));
  must(journal().markSent(first, MessageId{{1}}, clock.wallNow()));
  EXPECT_EQ(must(journal().next(chat))->id, second);
  must(journal().markSent(second, MessageId{{2}}, clock.wallNow()));
  EXPECT_FALSE(must(journal().next(chat)));
  EXPECT_TRUE(must(journal().work()).ready.empty());
}

TEST_F(OutboxJournalTest, TakesARepeatedAnswerForTheSame) {
  const auto id = alice->queues(chat, u"1"_s);
  alice->seals(id);
  must(journal().markSent(id, MessageId{{1}}, clock.wallNow()));

  const auto again = must(journal().markSent(id, MessageId{{1}}, clock.wallNow()));

  EXPECT_FALSE(again.shown);
  EXPECT_EQ(must(alice->vault().account().bootMark()).sends, 1);
}

TEST_F(OutboxJournalTest, PlacesAFailedMessageAndGoesOn) {
  const auto first = alice->queues(chat, u"refused"_s);
  const auto second = alice->queues(chat, u"taken"_s);
  alice->seals(first);

  must(journal().markFailed(first, "forbidden"));
  alice->drains();
  bob->receives();

  EXPECT_EQ(alice->line(aliceUser, first)->line.message.state, model::MessageState::Failed);
  EXPECT_EQ(alice->line(aliceUser, second)->line.message.state, model::MessageState::Sent);
  EXPECT_EQ(must(journal().counts()).failed, 1);
  EXPECT_EQ(bob->texts(chat), std::vector<QString>{u"taken"_s});
  must(journal().retry(first));
  alice->drains();
  bob->receives();
  EXPECT_EQ(bob->texts(chat), (std::vector<QString>{u"taken"_s, u"refused"_s}));
  EXPECT_EQ(alice->texts(chat), (std::vector<QString>{u"taken"_s, u"refused"_s}));
}

TEST_F(OutboxJournalTest, RetriesOnlyWhatFailed) {
  const auto id = alice->queues(chat, u"1"_s);

  EXPECT_EQ(await(journal().retry(id)).error().kind, ErrorKind::NotFound);
}

TEST_F(OutboxJournalTest, A109_RefusesWhatNoReaderWouldTake) {
  const auto mine = alice->sends(chat, u"mine"_s);
  const auto theirs = bob->sends(chat, u"theirs"_s);
  alice->receives();

  EXPECT_EQ(appendError(model::Text{}), ErrorKind::Invalid);
  EXPECT_EQ(appendError(model::Text{QString(65537, u'x')}), ErrorKind::TooLarge);
  EXPECT_EQ(appendError(model::Text{QString(60000, QChar(1))}), ErrorKind::TooLarge);  // 6 bytes each in JSON
  EXPECT_EQ(appendError(model::Edit{theirs, u"changed"_s}), ErrorKind::Forbidden);
  EXPECT_EQ(appendError(model::Deletion{theirs}), ErrorKind::Forbidden);
  EXPECT_EQ(appendError(model::Edit{ClientMessageId{{5}}, u"x"_s}), ErrorKind::NotFound);
  EXPECT_EQ(appendError(model::Reaction{mine, bobUser, u"+"_s, false}), ErrorKind::NotFound);
  EXPECT_EQ(appendError(model::SessionReset{}), ErrorKind::Invalid);
  EXPECT_EQ(await(journal().append(ConversationId{{3}}, model::Text{u"x"_s})).error().kind, ErrorKind::NotFound);
  clock.advance(25h);
  EXPECT_EQ(appendError(model::Edit{mine, u"too late"_s}), ErrorKind::Conflict);
  EXPECT_EQ(must(journal().counts()).queued, 0);
}

TEST_F(OutboxJournalTest, SendsTheLargestTextThatFits) {
  alice->sends(chat, QString(65536, u'x'));
  bob->receives();

  EXPECT_EQ(bob->texts(chat), std::vector<QString>{QString(65536, u'x')});
}

TEST_F(OutboxJournalTest, GathersReceiptsForTwoSeconds) {
  for (int i = 0; i < 5; ++i) alice->sends(chat, QString::number(i));
  bob->receives();
  auto &outbox = bob->vault().outbox();

  const auto early = must(outbox.work());
  clock.advance(2s);
  const auto due = must(outbox.work());
  const int before = relay.posts;
  bob->drains();

  EXPECT_TRUE(early.ready.empty());
  ASSERT_TRUE(early.nextReceiptIn);
  EXPECT_LE(*early.nextReceiptIn, 2s);
  EXPECT_EQ(due.ready, std::vector<ConversationId>{chat});
  EXPECT_EQ(relay.posts, before + 1);
  alice->receives();
  for (const auto &line : alice->history(chat)) EXPECT_EQ(line.message.state, model::MessageState::Delivered);
}

TEST_F(OutboxJournalTest, SendsReceiptsBeforeMessagesOnceTheyAreDue) {
  alice->sends(chat, u"hello"_s);
  bob->receives();
  bob->queues(chat, u"answer"_s);

  EXPECT_EQ(must(bob->vault().outbox().next(chat))->outboxClass, vault::OutboxClass::Message);
  clock.advance(2s);
  EXPECT_EQ(must(bob->vault().outbox().next(chat))->outboxClass, vault::OutboxClass::Receipt);
}

TEST_F(OutboxJournalTest, TakesAReceiptThatComesBeforeTheAnswer) {
  const auto id = alice->queues(chat, u"hello"_s);
  const auto answer = relay.post(alice->self, alice->seals(id));
  bob->receives();
  clock.advance(2s);
  bob->drains();
  alice->receives();

  must(journal().markSent(id, answer.id, answer.time));

  EXPECT_EQ(alice->line(aliceUser, id)->line.message.state, model::MessageState::Delivered);
  EXPECT_EQ(alice->line(aliceUser, id)->line.message.serverId, answer.id);
}

}  // namespace

}  // namespace gx::test
