// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/message_search.h"

#include <QStringList>

namespace gx::store {

using namespace Qt::StringLiterals;

namespace {

bool isWordPart(char32_t character) {
  return QChar::isLetterOrNumber(character) || QChar::isMark(character);
}

// Runs of letters, digits and what is written over them, each once, in their order.
QStringList wordsOf(const QString &text) {
  QStringList words;
  QString word;
  const auto take = [&words, &word] {
    const bool isWord = std::any_of(word.begin(), word.end(), [](QChar part) { return !part.isMark(); });
    if (isWord && !words.contains(word) && words.size() < MessageSearch::kMaxWords) words.append(word);
    word.clear();
  };
  for (const char32_t character : text.left(MessageSearch::kMaxText).toUcs4()) {
    if (isWordPart(character))
      word += QStringView(QChar::fromUcs4(character));
    else
      take();
  }
  take();
  return words;
}

// In quotation marks nothing is an operator but the star behind a word: its beginning is enough. One Latin letter
// begins too many words to be of use.
QString matchOf(const QStringList &words) {
  QStringList terms;
  for (const QString &word : words) terms.append(u'"' + word + (word.toUtf8().size() > 1 ? u"*\""_s : u"\""_s));
  return terms.join(u' ');
}

constexpr char kEverywhere[] =
    "SELECT docid FROM message_search WHERE message_search MATCH :match AND docid < :before "
    "ORDER BY docid DESC LIMIT :limit";
// CROSS JOIN: the index first, then the lines it names.
constexpr char kInConversation[] =
    "SELECT s.docid FROM message_search s CROSS JOIN message m ON m.id = s.docid WHERE s.message_search MATCH :match "
    "AND "
    "s.docid < :before AND m.conversation = :conversation ORDER BY s.docid DESC LIMIT :limit";

}  // namespace

Result<std::vector<qint64>> MessageSearch::find(const SearchRequest &request) {
  const QString match = matchOf(wordsOf(request.text));
  if (match.isEmpty()) return std::vector<qint64>();
  auto statement = m_database.statement(request.conversation ? kInConversation : kEverywhere);
  if (request.conversation) statement.bind(":conversation", *request.conversation);
  return statement.bind(":match", match)
      .bind(":before", request.before)
      .bind(":limit", request.limit)
      .all([](const Statement &row) { return row.number(0); });
}

Result<> MessageSearch::purge(WallTime now) {
  const auto due =
      m_database
          .statement(
              "SELECT count(*) FROM search_upkeep WHERE has_rubbish = 1 AND purged_at NOT BETWEEN :day_ago "
              "AND :now")
          .bind(":day_ago", now - kPurgeInterval)
          .bind(":now", now)
          .value();
  if (!due) return fail(due.error());
  if (*due == 0) return {};
  const auto merged = m_database.execute("INSERT INTO message_search(message_search) VALUES ('optimize')");
  if (!merged) return merged;
  return m_database.statement("UPDATE search_upkeep SET has_rubbish = 0, purged_at = :now").bind(":now", now).run();
}

}  // namespace gx::store
