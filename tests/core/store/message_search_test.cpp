// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/message_search.h"

#include "tests/core/store/history_fixture.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class MessageSearchTest : public HistoryTest {
 protected:
  store::MessageRow says(const QString &text) {
    ++m_lines;
    return inserts(row(m_lines, m_lines, text));
  }
  std::vector<qint64> found(const QString &text) {
    store::SearchRequest request;
    request.text = text;
    return must(search.find(request));
  }
  bool finds(const QString &text, const store::MessageRow &line) { return found(text) == std::vector<qint64>{line.id}; }

  store::MessageSearch search{*database};

 private:
  quint32 m_lines = 0;
};

TEST_F(MessageSearchTest, FindsWordsAndTheirBeginnings) {
  const auto dinner = says(u"Shall we meet for dinner tonight?"_s);
  says(u"No, breakfast is better."_s);

  EXPECT_TRUE(finds(u"dinner"_s, dinner));
  EXPECT_TRUE(finds(u"din"_s, dinner));
  EXPECT_TRUE(finds(u"DIN tonight"_s, dinner));
  EXPECT_TRUE(finds(u"tonight, dinner!"_s, dinner));
  EXPECT_TRUE(found(u"dinner breakfast"_s).empty());
  EXPECT_TRUE(found(u"inner"_s).empty());
}

TEST_F(MessageSearchTest, TakesAccentsAndCaseAsThePersonTypesThem) {
  const auto dessert = says(u"Crème brûlée"_s);
  const auto hello = says(u"ПРИВЕТ"_s);
  const auto tree = says(u"j'aime l’arbre"_s);

  EXPECT_TRUE(finds(u"creme"_s, dessert));
  EXPECT_TRUE(finds(u"CRÈME BRU"_s, dessert));
  EXPECT_TRUE(finds(u"cre\u0300me"_s, dessert));
  EXPECT_TRUE(finds(u"привет"_s, hello));
  EXPECT_TRUE(finds(u"arbre"_s, tree));
  EXPECT_TRUE(finds(u"l'arbre"_s, tree));
}

TEST_F(MessageSearchTest, FollowsEditsAndDeletions) {
  auto line = says(u"Apfelstrudel"_s);
  line.message.text = u"Zwetschgendatschi"_s;
  must(messages.update(line));

  EXPECT_TRUE(found(u"apfelstrudel"_s).empty());
  EXPECT_TRUE(finds(u"zwetsch"_s, line));
  must(messages.remove(line.id));
  EXPECT_TRUE(found(u"zwetsch"_s).empty());
}

TEST_F(MessageSearchTest, GivesTheLastOnesFirstPageByPage) {
  std::vector<qint64> lines;
  for (int i = 0; i < 25; ++i) lines.insert(lines.begin(), says(u"again and again"_s).id);
  store::SearchRequest request;
  request.text = u"again"_s;
  request.limit = 10;

  std::vector<qint64> seen;
  for (;;) {
    const auto page = must(search.find(request));
    if (page.empty()) break;
    ASSERT_LE(page.size(), 10U);
    seen.insert(seen.end(), page.begin(), page.end());
    request.before = page.back();
  }

  EXPECT_EQ(seen, lines);
}

TEST_F(MessageSearchTest, StaysInTheConversationItIsAskedFor) {
  const auto here = says(u"dinner here"_s);
  auto there = row(99, 99, u"dinner there"_s);
  there.message.conversation = idOf<ConversationId>(9);
  there = inserts(there);
  store::SearchRequest request;
  request.text = u"dinner"_s;

  request.conversation = chat;
  EXPECT_EQ(must(search.find(request)), std::vector<qint64>{here.id});
  request.conversation = there.message.conversation;
  EXPECT_EQ(must(search.find(request)), std::vector<qint64>{there.id});
  request.conversation = idOf<ConversationId>(77);
  EXPECT_TRUE(must(search.find(request)).empty());
}

TEST_F(MessageSearchTest, TakesNoTextForAnOperator) {  // RELIABILITY 196
  says(u"alpha beta gamma"_s);
  for (const QString &text : {u"%_*\"'\\"_s,
                              u"\""_s,
                              u"\"\""_s,
                              u"'"_s,
                              u"*"_s,
                              u"-"_s,
                              u"()"_s,
                              u"^"_s,
                              u":"_s,
                              u""_s,
                              u" "_s,
                              u"\n"_s,
                              u"-alpha nothere"_s,
                              u"alpha NOT nothere"_s,
                              u"nothere OR"_s,
                              u"body:nothere"_s,
                              u"NEAR/2 nothere"_s,
                              u"\" OR \"alpha"_s,
                              u"nothere*\" OR \"alpha"_s,
                              u"'; DROP TABLE message; --"_s,
                              QString(QChar(0)) + u"nothere"_s,
                              QString(QChar(0xd800)),
                              QString(QChar(0xfffd)),
                              QString(QChar(0x0301)),
                              u"\U0001F600"_s,
                              u"\U0001E922"_s})
    EXPECT_TRUE(found(text).empty()) << text.toStdString();

  EXPECT_EQ(found(u"\"alpha"_s).size(), 1U);
  EXPECT_EQ(found(u"alpha*"_s).size(), 1U);
  EXPECT_EQ(found(u"(beta) -gamma"_s).size(), 1U);
  EXPECT_EQ(found(u"ALPHA "_s + QChar(0) + u"beta"_s).size(), 1U);
  EXPECT_EQ(count("SELECT count(*) FROM message"), 1);
}

TEST_F(MessageSearchTest, TakesWordsOfOperatorsForWords) {
  const auto line = says(u"either or not near"_s);

  EXPECT_TRUE(finds(u"OR"_s, line));
  EXPECT_TRUE(finds(u"NOT NEAR"_s, line));
  EXPECT_TRUE(finds(u"either OR NEAR"_s, line));
}

TEST_F(MessageSearchTest, EndsOnHugeTexts) {
  const auto line = says(u"alpha beta"_s);

  EXPECT_TRUE(found(QString(10'240, u'a')).empty());
  EXPECT_TRUE(found(QString(u"a-"_s).repeated(5'120)).empty());
  EXPECT_TRUE(found(QString(u"\"alpha\" OR "_s).repeated(1'000)).empty());
  EXPECT_TRUE(finds(QString(u"alpha beta "_s).repeated(1'000), line));
}

TEST_F(MessageSearchTest, WritesManyLanguages) {
  const auto chinese = says(u"我们明天见"_s);
  const auto hindi = says(u"नमस्ते दुनिया"_s);
  const auto arabic = says(u"مرحبا بالعالم"_s);

  EXPECT_TRUE(finds(u"我"_s, chinese));
  EXPECT_TRUE(finds(u"我们明"_s, chinese));
  EXPECT_TRUE(finds(u"नमस्ते"_s, hindi));
  EXPECT_TRUE(finds(u"दुनिया"_s, hindi));
  EXPECT_TRUE(finds(u"مرحبا"_s, arabic));
}

TEST_F(MessageSearchTest, PurgesWhatWasDeletedOnceADay) {
  const WallTime now = fromMillis(1'700'000'000'000);
  const auto rubbish = [this] { return count("SELECT has_rubbish FROM search_upkeep"); };
  const auto line = says(u"alpha"_s);
  must(search.purge(now));
  EXPECT_EQ(count("SELECT purged_at FROM search_upkeep"), 0) << "nothing to purge";

  must(messages.remove(line.id));
  EXPECT_EQ(rubbish(), 1);
  must(search.purge(now));
  EXPECT_EQ(rubbish(), 0);

  auto kept = says(u"beta"_s);
  kept.message.text = u"gamma"_s;
  must(messages.update(kept));
  must(search.purge(now + 23h));
  EXPECT_EQ(rubbish(), 1) << "not yet";
  must(search.purge(now + 25h));
  EXPECT_EQ(rubbish(), 0);

  must(messages.remove(says(u"delta"_s).id));
  must(search.purge(now - 48h));  // a clock that was set back
  EXPECT_EQ(rubbish(), 0);
  EXPECT_TRUE(finds(u"gamma"_s, kept));
}

}  // namespace

}  // namespace gx::test
