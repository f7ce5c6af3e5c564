// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <vector>

#include "app/cli/line_editor.h"

namespace gx::cli {

// One thing a person did at a raw terminal.
struct KeyPress {
  enum class Kind { Text, Edit, Enter, PageUp, PageDown, Quit };
  Kind kind = Kind::Text;
  QString text{};  // of Text
  LineEditor::Key edit = LineEditor::Key::Left;

  bool operator==(const KeyPress &) const = default;
};

// Bytes of a terminal in raw mode to key presses: UTF-8, escape sequences, bracketed paste (line breaks become spaces).
// Keeps what is not complete.
class KeyReader final {
 public:
  [[nodiscard]] std::vector<KeyPress> take(const QByteArray &bytes);

 private:
  [[nodiscard]] std::optional<KeyPress> takeOne();
  [[nodiscard]] std::optional<KeyPress> takeEscape();
  [[nodiscard]] std::optional<KeyPress> takePaste();
  [[nodiscard]] std::optional<KeyPress> takeText();

  QByteArray m_rest;
};

}  // namespace gx::cli
