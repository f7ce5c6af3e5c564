// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QStringList>
#include <optional>

namespace gx::test {

// gx-cli at a terminal of its own: a pseudo terminal that the test types at and reads from. Killed when the test ends.
class TerminalChild final {
 public:
  explicit TerminalChild(const QStringList &words, int columns = 80, int rows = 24);
  ~TerminalChild();
  TerminalChild(const TerminalChild &) = delete;
  TerminalChild &operator=(const TerminalChild &) = delete;

  void types(const QByteArray &text) const;
  void resizes(int columns, int rows) const;  // the program is told by SIGWINCH
  bool shows(const QByteArray &part);         // waits
  // What was shown so far does not count any more.
  void forgets() { m_text.clear(); }
  int ends();  // the exit code; waits
  [[nodiscard]] const QByteArray &text() const { return m_text; }

 private:
  void collect();

  int m_master = -1;
  int m_pid = -1;
  QByteArray m_text;
  std::optional<int> m_code;
};

}  // namespace gx::test
