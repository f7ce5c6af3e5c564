// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/line_editor.h"

#include <QTextBoundaryFinder>
#include <utility>

namespace gx::cli {

void LineEditor::insert(const QString &text) {
  m_text.insert(m_cursor, text);
  m_cursor += text.size();
}

void LineEditor::press(Key key) {
  switch (key) {
    case Key::Left:
      m_cursor = before(m_cursor);
      break;
    case Key::Right:
      m_cursor = after(m_cursor);
      break;
    case Key::Home:
      m_cursor = 0;
      break;
    case Key::End:
      m_cursor = m_text.size();
      break;
    case Key::Delete:
      m_text.remove(m_cursor, after(m_cursor) - m_cursor);
      break;
    case Key::ClearLine:
      setText({});
      break;
    case Key::Backspace: {
      const qsizetype from = before(m_cursor);
      m_text.remove(from, m_cursor - from);
      m_cursor = from;
      break;
    }
    case Key::ClearWord: {
      qsizetype from = m_cursor;
      while (from > 0 && m_text[from - 1].isSpace()) --from;
      while (from > 0 && !m_text[from - 1].isSpace()) --from;
      m_text.remove(from, m_cursor - from);
      m_cursor = from;
      break;
    }
  }
}

QString LineEditor::take() {
  m_cursor = 0;
  return std::exchange(m_text, QString());
}

void LineEditor::setText(const QString &text) {
  m_text = text;
  m_cursor = text.size();
}

qsizetype LineEditor::before(qsizetype at) const {
  QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, m_text);
  finder.setPosition(at);
  const qsizetype found = finder.toPreviousBoundary();
  return found < 0 ? 0 : found;
}

qsizetype LineEditor::after(qsizetype at) const {
  QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, m_text);
  finder.setPosition(at);
  const qsizetype found = finder.toNextBoundary();
  return found < 0 ? m_text.size() : found;
}

}  // namespace gx::cli
