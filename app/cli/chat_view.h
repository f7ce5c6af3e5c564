// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <QStringList>

namespace gx::cli {

// All that a chat in a terminal shows.
struct ChatView {
  QString title;       // "bob@gxcoin.test"
  QString status;      // "online", "is typing…", "Offline: …"
  QStringList lines;   // history, oldest first
  QStringList notice;  // help or an error, above the typing line
  QString typed;
  qsizetype cursor = 0;  // UTF-16 index in `typed`
  int scrolledUp = 0;    // rows from the end
};

struct Screen {
  QStringList rows;  // exactly `height`
  int cursorRow = 0;
  int cursorColumn = 0;
};

// Columns that a text takes in a terminal: two for wide characters, none for marks.
[[nodiscard]] int columnsOf(const QString &text);
// `text` in rows of at most `width` columns, broken at blanks where there are some; line breaks are kept.
[[nodiscard]] QStringList wrapped(const QString &text, int width);
// `scrolledUp` for the same place of the history at another width: the line that stood last stands last again.
[[nodiscard]] int scrolledAtWidth(const ChatView &view, int before, int now);
// Pure layout; width ≥ 20, height ≥ 5.
[[nodiscard]] Screen layOut(const ChatView &view, int width, int height);

}  // namespace gx::cli
