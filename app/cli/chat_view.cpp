// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/chat_view.h"

#include <algorithm>

namespace gx::cli {

using namespace Qt::StringLiterals;

namespace {

bool isWide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
         (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd);
}

int columns(char32_t c) {
  const auto category = QChar::category(c);
  if (c == 0x200d || c == 0xfe0f || category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing) return 0;
  return isWide(c) ? 2 : 1;
}

QString cut(const QString &text, int width) {
  if (columnsOf(text) <= width) return text;
  return wrapped(text, width - 1).value(0) + u'…';
}

// The last blank in a row that is full, -1 where it is one word.
qsizetype breakingPoint(const QString &row) {
  const qsizetype blank = row.lastIndexOf(u' ');
  return blank > 0 ? blank : -1;
}

void wrapLine(QStringList &rows, const QString &line, int width) {
  QString row;
  int taken = 0;
  for (const char32_t c : line.toUcs4()) {
    if (taken + columns(c) > width) {
      const qsizetype at = c == U' ' ? -1 : breakingPoint(row);
      const QString rest = at < 0 ? QString() : row.mid(at + 1);
      rows.append(at < 0 ? row : row.left(at));
      row = rest;
      taken = columnsOf(rest);
      if (c == U' ' && row.isEmpty()) continue;
    }
    row += QString::fromUcs4(&c, 1);
    taken += columns(c);
  }
  rows.append(row);
}

}  // namespace

int columnsOf(const QString &text) {
  int sum = 0;
  for (const char32_t c : text.toUcs4()) sum += columns(c);
  return sum;
}

QStringList wrapped(const QString &text, int width) {
  QStringList rows;
  for (const QString &line : text.split(u'\n')) wrapLine(rows, line, width);
  return rows;
}

int scrolledAtWidth(const ChatView &view, int before, int now) {
  int left = view.scrolledUp;
  int scrolled = 0;
  for (auto line = view.lines.rbegin(); line != view.lines.rend() && left > 0; ++line) {
    const auto rowsBefore = static_cast<int>(wrapped(*line, before).size());
    const auto rowsNow = static_cast<int>(wrapped(*line, now).size());
    // Within a line: as far from its end in proportion.
    scrolled += left >= rowsBefore ? rowsNow : left * rowsNow / rowsBefore;
    left -= rowsBefore;
  }
  return scrolled;
}

Screen layOut(const ChatView &view, int width, int height) {
  const QString prompt = u"> "_s;
  const QStringList typed = wrapped(prompt + view.typed, width);
  const QStringList untilCursor = wrapped(prompt + view.typed.left(view.cursor), width);
  QStringList notice;
  for (const QString &line : view.notice) notice += wrapped(line, width);
  const auto typedRows = std::min<qsizetype>(typed.size(), std::max(1, height / 3));
  notice = notice.mid(std::max<qsizetype>(0, notice.size() - (height - typedRows - 2)));
  const qsizetype room = height - 1 - typedRows - notice.size();
  QStringList history;
  for (const QString &line : view.lines) history += wrapped(line, width);
  const qsizetype end =
      std::max<qsizetype>(std::min<qsizetype>(room, history.size()), history.size() - view.scrolledUp);
  QStringList shown = history.mid(std::max<qsizetype>(0, end - room), std::min<qsizetype>(room, end));
  while (shown.size() < room) shown.prepend(QString());
  Screen screen;
  screen.rows.append(cut(view.status.isEmpty() ? view.title : view.title + u"  ·  "_s + view.status, width));
  screen.rows += shown + notice + typed.mid(typed.size() - typedRows);
  const qsizetype above = typed.size() - typedRows;
  screen.cursorRow = static_cast<int>(height - typedRows + std::max<qsizetype>(0, untilCursor.size() - 1 - above));
  screen.cursorColumn = std::min(columnsOf(untilCursor.last()), width - 1);
  return screen;
}

}  // namespace gx::cli
