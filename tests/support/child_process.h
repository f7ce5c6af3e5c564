// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QProcess>
#include <QStringList>
#include <chrono>

namespace gx::test {

// One of our programs (or a peer) as a child: started, waited for a line, stopped. Killed when the test ends.
class ChildProcess final {
 public:
  ChildProcess(const QString &program, const QStringList &arguments, const QStringList &environment = {});
  ~ChildProcess();
  ChildProcess(const ChildProcess &) = delete;
  ChildProcess &operator=(const ChildProcess &) = delete;

  // The first line of standard output that contains `part`, empty (and a test failure) if none comes in time.
  QByteArray waitForLine(QByteArrayView part, std::chrono::milliseconds limit = std::chrono::seconds(20));
  // Exit code once it ended by itself; -1 (and a test failure) if it does not in time, or was killed.
  int waitForEnd(std::chrono::milliseconds limit = std::chrono::seconds(60));
  void write(const QByteArray &text);
  void closeInput();
  void terminate();
  void kill();
  [[nodiscard]] bool isRunning() const;
  [[nodiscard]] qint64 pid() const;
  [[nodiscard]] QByteArray output();       // all of standard output so far
  [[nodiscard]] QByteArray errorOutput();  // all of standard error so far

 private:
  void collect();

  QProcess m_process;
  QByteArray m_output;
  QByteArray m_error;
};

}  // namespace gx::test
