// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/app/cli/cli_user.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>

#include <QJsonDocument>

#include "tests/support/await.h"

namespace gx::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void leaveTerminalAndKeychain() {
  qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
  const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal < 0) return;
  ioctl(terminal, TIOCNOTTY);
  close(terminal);
}

QList<QJsonObject> CliUser::Said::events(const QString &type) const {
  QList<QJsonObject> found;
  for (const QByteArray &line : output.split('\n')) {
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object[u"type"_s].toString() == type) found.append(object);
  }
  return found;
}

QJsonObject CliUser::Said::event(const QString &type) const {
  const auto found = events(type);
  return found.isEmpty() ? QJsonObject() : found.last();
}

CliUser::Running::Running(const QStringList &words) : m_program(words) {
  QObject::connect(&m_program, &cli::Program::finished, &m_program, [this](int code) { m_code = code; });
  m_program.start();
}

CliUser::Said CliUser::Running::said() const {
  return {m_code.value_or(-1), m_output.text(), m_error.text()};
}

bool CliUser::Running::says(QByteArrayView part) {
  return waitUntil([&] { return m_output.text().contains(part) || m_error.text().contains(part); }, 20s);
}

CliUser::Said CliUser::Running::ends() {
  waitUntil([&] { return m_code.has_value(); }, 60s);
  return said();
}

CliUser::CliUser(QString relay, QByteArray account, QByteArray password)
    : m_relay(std::move(relay)),
      m_account(std::move(account)),
      m_profile(m_folder.file(u"profile"_s)),
      m_loginFile(m_folder.file(u"login.json"_s)) {
  leaveTerminalAndKeychain();
  QFile file(m_loginFile);
  EXPECT_TRUE(file.open(QIODevice::WriteOnly));
  file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
  file.write("{\"account\":\"" + m_account + "\",\"password\":\"" + password + "\"}");
}

CliUser::Said CliUser::runs(const QStringList &words, const QByteArray &input) {
  Running running(full(words));
  if (!input.isEmpty()) EXPECT_TRUE(running.input.gives(input));
  running.input.closes();
  return running.ends();
}

CliUser::Said CliUser::asks(const QStringList &words) {
  return runs(words + QStringList{u"--json"_s});
}

std::unique_ptr<CliUser::Running> CliUser::starts(const QStringList &words) {
  return std::make_unique<Running>(full(words));
}

CliUser::Said CliUser::registers() {
  return asks({u"register"_s, u"--login-file"_s, m_loginFile});
}

CliUser::Said CliUser::logsIn(const QStringList &more) {
  return asks(QStringList{u"login"_s, u"--login-file"_s, m_loginFile} + more);
}

QJsonObject CliUser::newest(const QString &who) {
  return asks({u"history"_s, who, u"--limit"_s, u"1"_s}).event(u"history"_s);
}

QStringList CliUser::full(const QStringList &words) const {
  return QStringList{u"--profile"_s, m_profile, u"--relay"_s, m_relay} + words;
}

}  // namespace gx::test
