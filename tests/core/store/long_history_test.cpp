// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <limits>

#include "core/store/conversation_store.h"
#include "core/store/message_search.h"
#include "core/store/reaction_store.h"
#include "tests/core/store/history_fixture.h"
#include "tests/core/store/statement_watch.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

constexpr quint32 kLines = 3'000;
constexpr int kMaxSteps = 4'000;  // a page of 50 lines of 20 columns takes half of it, a scan of all lines much more

// A base, so that it is there before the store is opened.
struct Watched {
  StatementWatch watch;
};

class LongHistoryTest : protected Watched, public HistoryTest {
 protected:
  LongHistoryTest() {
    store::ConversationStore conversations(*database);
    must(conversations.ensure(chat, fromMillis(1)));
    fills(kLines, u"common words in every line"_s);
    must(database->execute("UPDATE message SET is_unread = 0 WHERE sort_time < 2990"));
    watch.clear();
  }
  // Whether what ran since the last time used its indices.
  void isCheap(const char *what) {
    const auto [steps, sql] = watch.dearest();
    EXPECT_GT(steps, 0) << what;
    EXPECT_LT(steps, kMaxSteps) << what << ": " << sql.constData();
    watch.clear();
  }
  static store::MessagePlace end() { return {std::numeric_limits<qint64>::max(), {}, 0, {}}; }
};

TEST_F(LongHistoryTest, IsPagedBackAndForthWithoutALossOrARepetition) {
  std::vector<quint64> seen;
  for (auto bound = end();;) {
    const auto page = must(messages.before(chat, bound, 70));
    if (page.empty()) break;
    for (auto line = page.rbegin(); line != page.rend(); ++line) seen.push_back(line->chainSequence);
    bound = page.front().place();
  }
  ASSERT_EQ(seen.size(), std::size_t{kLines});
  for (quint32 i = 0; i < kLines; ++i) ASSERT_EQ(seen[i], kLines - i);

  quint64 next = 1;
  for (store::MessagePlace bound;;) {
    const auto page = must(messages.after(chat, bound, 70));
    if (page.empty()) break;
    for (const auto &line : page) ASSERT_EQ(line.chainSequence, next++);
    bound = page.back().place();
  }
  EXPECT_EQ(next, kLines + 1);
}

TEST_F(LongHistoryTest, IsReadByItsIndices) {
  EXPECT_EQ(must(messages.before(chat, end(), 50)).size(), 50U);
  isCheap("newest page");
  EXPECT_EQ(must(messages.before(chat, row(2500, 2500).place(), 50)).size(), 50U);
  isCheap("page in the middle");
  EXPECT_EQ(must(messages.after(chat, row(2500, 2500).place(), 50)).size(), 50U);
  isCheap("page after");
  EXPECT_EQ(must(messages.newest(chat))->chainSequence, kLines);
  isCheap("newest");
  EXPECT_TRUE(must(messages.message(bob, idOf<ClientMessageId>(77))));
  isCheap("one by author");
  EXPECT_EQ(must(messages.byClientId(chat, idOf<ClientMessageId>(77))).size(), 1U);
  isCheap("one by id");
  EXPECT_EQ(must(messages.countUnread(chat)), 11);
  isCheap("unread count");
  EXPECT_EQ(must(messages.unread(chat, row(2995, 2995).place())).size(), 6U);
  isCheap("unread");
}

TEST_F(LongHistoryTest, IsWrittenByItsIndices) {
  for (const quint64 sequence : {quint64{1}, quint64{2500}, quint64{kLines}, quint64{kLines + 1}}) {
    static_cast<void>(must(messages.placeInChain(chat, DeviceId{2}, sequence, 2500)));
    isCheap("place in chain");
  }
  EXPECT_EQ(must(messages.lastPlaced(chat)), kLines);
  isCheap("last placed");
  auto line = inserts(row(kLines + 1, kLines + 1));
  isCheap("insert");
  line.message.text = u"edited"_s;
  must(messages.update(line));
  isCheap("update");
  must(messages.clearExcerptsOf(bob, line.message.id));
  isCheap("excerpts");
  must(messages.remove(line.id));
  isCheap("remove");
}

TEST_F(LongHistoryTest, ShowsItsConversationsAtOnce) {
  store::ConversationStore conversations(*database);
  EXPECT_EQ(must(conversations.all()).size(), 1U);
  isCheap("conversations");
  static_cast<void>(must(conversations.participants(chat)));
  static_cast<void>(must(conversations.directWith(bob)));
  static_cast<void>(must(store::ReactionStore(*database).of(77)));
  isCheap("what a row of the list asks for");
}

TEST_F(LongHistoryTest, IsSearchedByItsIndex) {
  store::MessageSearch search(*database);
  store::SearchRequest request;
  for (const QString &text : {u"common"_s, u"com"_s, u"common words every"_s, u"nothere"_s}) {
    request.text = text;
    EXPECT_EQ(must(search.find(request)).size(), text == u"nothere"_s ? 0U : 50U);
    isCheap("search");
  }
  request.conversation = chat;
  request.text = u"common"_s;
  EXPECT_EQ(must(search.find(request)).size(), 50U);
  isCheap("search in a conversation");
}

}  // namespace

}  // namespace gx::test
