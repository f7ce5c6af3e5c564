// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/raw_terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace gx::cli {

namespace {

void put(const QByteArray &bytes) {
  qsizetype done = 0;
  while (done < bytes.size()) {
    const ssize_t written = write(STDOUT_FILENO, bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
    if (written <= 0) return;  // the terminal went away; the next read says so
    done += written;
  }
}

winsize sizeNow() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return {24, 80, 0, 0};
  return size;
}

}  // namespace

RawTerminal::RawTerminal() {
  tcgetattr(STDIN_FILENO, &m_before);
  termios raw = m_before;
  cfmakeraw(&raw);
  raw.c_oflag |= OPOST;
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
  put("\x1b[?1049h\x1b[?2004h");  // alternate screen, bracketed paste
}

RawTerminal::~RawTerminal() {
  put("\x1b[?2004l\x1b[?1049l");
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
}

bool RawTerminal::isPossible() {
  return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
}

int RawTerminal::width() const {
  return std::max<int>(20, sizeNow().ws_col);
}

int RawTerminal::height() const {
  return std::max<int>(5, sizeNow().ws_row);
}

void RawTerminal::draw(const Screen &screen) {
  QByteArray out = "\x1b[?25l";
  for (qsizetype row = 0; row < screen.rows.size(); ++row) {
    out += "\x1b[" + QByteArray::number(row + 1) + ";1H\x1b[K";
    out += row == 0 ? "\x1b[7m" + screen.rows[row].toUtf8() + "\x1b[0m" : screen.rows[row].toUtf8();
  }
  out += "\x1b[" + QByteArray::number(screen.cursorRow + 1) + ';' + QByteArray::number(screen.cursorColumn + 1) + 'H';
  put(out + "\x1b[?25h");
}

}  // namespace gx::cli
