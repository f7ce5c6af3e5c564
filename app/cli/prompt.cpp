// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/prompt.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>

#include "core/base/bytes.h"

namespace gx::cli {

using namespace Qt::StringLiterals;

namespace {

// /dev/tty for one question; echo comes back when it goes.
class Terminal final {
 public:
  explicit Terminal(bool echo) : m_descriptor(open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    if (m_descriptor < 0 || echo || tcgetattr(m_descriptor, &m_before) != 0) return;
    termios silent = m_before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    m_isSilent = tcsetattr(m_descriptor, TCSAFLUSH, &silent) == 0;
  }
  ~Terminal() {
    if (m_isSilent) {
      tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
      write("\n");
    }
    if (m_descriptor >= 0) close(m_descriptor);
  }
  Terminal(const Terminal &) = delete;
  Terminal &operator=(const Terminal &) = delete;

  [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
  void write(const QByteArray &text) const {
    const ssize_t written = ::write(m_descriptor, text.constData(), static_cast<size_t>(text.size()));
    static_cast<void>(written);  // a terminal that went away is met at the next read
  }
  [[nodiscard]] Result<QByteArray> line() const {
    QByteArray text;
    char c = 0;
    while (text.size() < 4096) {
      const ssize_t got = read(m_descriptor, &c, 1);
      if (got <= 0) return fail(ErrorKind::Cancelled, "the terminal was closed", "no_terminal");
      if (c == '\n') return text;
      text += c;
    }
    return fail(ErrorKind::TooLarge, "that line is too long");
  }

 private:
  int m_descriptor;
  termios m_before{};
  bool m_isSilent = false;
};

}  // namespace

bool hasTerminal() {
  return Terminal(true).isOpen();
}

Result<SecretBytes> askSecret(const QString &question) {
  const Terminal terminal(false);
  if (!terminal.isOpen()) return fail(ErrorKind::Unavailable, "no terminal to ask on", "no_terminal");
  terminal.write(question.toUtf8() + ' ');
  auto line = terminal.line();
  if (!line) return tl::unexpected(line.error());
  return SecretBytes::taking(*line);
}

Result<QString> askLine(const QString &question) {
  const Terminal terminal(true);
  if (!terminal.isOpen()) return fail(ErrorKind::Unavailable, "no terminal to ask on", "no_terminal");
  terminal.write(question.toUtf8() + ' ');
  const auto line = terminal.line();
  if (!line) return tl::unexpected(line.error());
  return QString::fromUtf8(*line).trimmed();
}

Result<SecretBytes> askPassphrase(bool isNew) {
  if (!isNew) return askSecret(u"Passphrase of this profile:"_s);
  for (int i = 0; i < 3; ++i) {
    auto first = askSecret(u"Choose a passphrase for this profile:"_s);
    if (!first || first->isEmpty()) return first;
    const auto second = askSecret(u"Once more:"_s);
    if (!second) return tl::unexpected(second.error());
    if (constantTimeEqual(first->view(), second->view())) return first;
  }
  return fail(ErrorKind::Invalid, "the passphrases differ", "passphrase_differs");
}

bool confirm(const QString &question) {
  QString answer;
  if (isatty(STDIN_FILENO) == 1) {
    answer = askLine(question + u" [y/N]"_s).value_or(QString());
  } else {
    char line[64] = {};
    if (std::fgets(line, sizeof line, stdin)) answer = QString::fromUtf8(line).trimmed();
  }
  return answer.compare("y"_L1, Qt::CaseInsensitive) == 0 || answer.compare("yes"_L1, Qt::CaseInsensitive) == 0;
}

}  // namespace gx::cli
