// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/app/cli/terminal_child.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <vector>

#include "tests/support/await.h"

namespace gx::test {

namespace {

std::vector<char *> pointersTo(QByteArrayList &words) {
  std::vector<char *> pointers;
  for (QByteArray &word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

winsize terminalSize(int columns, int rows) {
  winsize size{};
  size.ws_col = static_cast<unsigned short>(columns);
  size.ws_row = static_cast<unsigned short>(rows);
  return size;
}

}  // namespace

TerminalChild::TerminalChild(const QStringList &words, int columns, int rows) {
  QByteArrayList arguments{GX_BIN_DIR "/gx-cli"};
  for (const QString &word : words) arguments.append(word.toUtf8());
  QByteArrayList environment{"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent", "TERM=xterm"};
  for (char **entry = environ; *entry; ++entry)
    if (!QByteArrayView(*entry).startsWith("DBUS_") && !QByteArrayView(*entry).startsWith("TERM="))
      environment.append(*entry);
  const auto argv = pointersTo(arguments);
  const auto envp = pointersTo(environment);
  const winsize size = terminalSize(columns, rows);
  m_pid = forkpty(&m_master, nullptr, nullptr, &size);
  if (m_pid == 0) {
    execve(argv[0], argv.data(), envp.data());
    _exit(127);
  }
  EXPECT_GT(m_pid, 0) << "no pseudo terminal";
  fcntl(m_master, F_SETFL, O_NONBLOCK);
  fcntl(m_master, F_SETFD, FD_CLOEXEC);
}

TerminalChild::~TerminalChild() {
  if (m_pid > 0 && !m_code) {
    kill(m_pid, SIGKILL);
    waitpid(m_pid, nullptr, 0);
  }
  if (m_master >= 0) close(m_master);
}

void TerminalChild::types(const QByteArray &text) const {
  EXPECT_EQ(write(m_master, text.constData(), static_cast<size_t>(text.size())), text.size());
}

void TerminalChild::resizes(int columns, int rows) const {
  const winsize size = terminalSize(columns, rows);
  EXPECT_EQ(ioctl(m_master, TIOCSWINSZ, &size), 0);
}

bool TerminalChild::shows(const QByteArray &part) {
  const bool shown = waitUntil(
      [&] {
        collect();
        return m_text.contains(part);
      },
      std::chrono::seconds(20));
  if (!shown) ADD_FAILURE() << "not '" << part.constData() << "' but:\n" << m_text.constData();
  return shown;
}

int TerminalChild::ends() {
  waitUntil(
      [&] {
        collect();
        int status = 0;
        if (!m_code && waitpid(m_pid, &status, WNOHANG) == m_pid) m_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return m_code.has_value();
      },
      std::chrono::seconds(60));
  return m_code.value_or(-1);
}

void TerminalChild::collect() {
  char buffer[4096];
  for (;;) {
    const ssize_t got = read(m_master, buffer, sizeof buffer);
    if (got <= 0) return;  // nothing now, or it closed its end
    m_text.append(buffer, got);
  }
}

}  // namespace gx::test
