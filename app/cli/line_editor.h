// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

namespace gx::cli {

// The typing line: text and a cursor, changed by keys. Pure; cursor counts user-perceived characters.
class LineEditor final {
 public:
  enum class Key { Left, Right, Home, End, Backspace, Delete, ClearLine, ClearWord };

  void insert(const QString &text);
  void press(Key key);
  [[nodiscard]] QString take();  // the text; the line is empty afterwards
  void setText(const QString &text);

  [[nodiscard]] const QString &text() const { return m_text; }
  [[nodiscard]] qsizetype cursor() const { return m_cursor; }  // UTF-16 index

 private:
  [[nodiscard]] qsizetype before(qsizetype at) const;
  [[nodiscard]] qsizetype after(qsizetype at) const;

  QString m_text;
  qsizetype m_cursor = 0;
};

}  // namespace gx::cli
