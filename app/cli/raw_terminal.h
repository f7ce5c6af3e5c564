// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <termios.h>

#include "app/cli/chat_view.h"

namespace gx::cli {

// The terminal of a chat: raw mode on the alternate screen, given back when it goes.
class RawTerminal final {
 public:
  RawTerminal();
  ~RawTerminal();
  RawTerminal(const RawTerminal &) = delete;
  RawTerminal &operator=(const RawTerminal &) = delete;

  [[nodiscard]] static bool isPossible();  // both standard input and output are terminals
  [[nodiscard]] int width() const;
  [[nodiscard]] int height() const;
  void draw(const Screen &screen);

 private:
  termios m_before{};
};

}  // namespace gx::cli
