// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <limits>
#include <optional>
#include <vector>

#include "core/store/database.h"

namespace gx::store {

struct SearchRequest {
  QString text;                                        // as a person types it
  std::optional<ConversationId> conversation{};        // else all
  qint64 before = std::numeric_limits<qint64>::max();  // only lines whose id is less: the next page
  int limit = 50;
};

// The words of what is written in lines of history: the index message_search, kept up by triggers of the table message.
class MessageSearch final {
 public:
  // Of a longer text only the beginning counts.
  static constexpr qsizetype kMaxText = 256;  // UTF-16 units
  static constexpr qsizetype kMaxWords = 16;
  static constexpr std::chrono::hours kPurgeInterval{24};

  explicit MessageSearch(Database &database) : m_database(database) {}

  // Ids of lines (MessageRow::id) that hold every word, as a whole or as a beginning; those that came last first. Case
  // and Latin accents do not count, nor does anything but letters and digits: no text is an operator. Empty for a text
  // without words.
  [[nodiscard]] Result<std::vector<qint64>> find(const SearchRequest &request);

  // Takes the words of deleted and edited lines out of the index for good, at most once a day: until then it hides
  // them, but keeps them on disk. Some seconds for a million lines. Database::checkpoint() afterwards clears the log of
  // them.
  [[nodiscard]] Result<> purge(WallTime now);

 private:
  Database &m_database;
};

}  // namespace gx::store
