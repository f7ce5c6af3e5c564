// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/integration/cli_person.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QJsonDocument>

namespace gx::test {

using namespace Qt::StringLiterals;

QList<QJsonObject> CliPerson::Ended::events(const QString &type) const {
  QList<QJsonObject> found;
  for (const QByteArray &line : output.split('\n')) {
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object[u"type"_s].toString() == type) found.append(object);
  }
  return found;
}

QJsonObject CliPerson::Ended::event(const QString &type) const {
  const auto found = events(type);
  return found.isEmpty() ? QJsonObject() : found.last();
}

CliPerson::CliPerson(QString relay, QByteArray account, QByteArray password)
    : m_relay(std::move(relay)),
      m_account(std::move(account)),
      m_profile(m_folder.file(u"profile"_s)),
      m_loginFile(m_folder.file(u"login.json"_s)) {
  environment = {u"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent"_s};  // no keychain: a key file, at once
  QFile file(m_loginFile);
  EXPECT_TRUE(file.open(QIODevice::WriteOnly));
  file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
  file.write("{\"account\":\"" + m_account + "\",\"password\":\"" + password + "\"}");
}

CliPerson::Ended CliPerson::runs(const QStringList &words, const QByteArray &input) {
  const auto process = starts(words);
  if (!input.isEmpty()) process->write(input);
  process->closeInput();
  const int code = process->waitForEnd(std::chrono::seconds(90));
  return {code, process->output(), process->errorOutput()};
}

std::unique_ptr<ChildProcess> CliPerson::starts(const QStringList &words) {
  return std::make_unique<ChildProcess>(QStringLiteral(GX_BIN_DIR "/gx-cli"), full(words), environment);
}

CliPerson::Ended CliPerson::signsIn(const QStringList &more) {
  return runs(QStringList{u"login"_s, u"--json"_s, u"--login-file"_s, m_loginFile} + more);
}

std::unique_ptr<ChildProcess> CliPerson::listens() {
  auto process = starts({u"listen"_s, u"--json"_s});
  process->waitForLine("\"online\"");
  return process;
}

QList<QJsonObject> CliPerson::history(const QString &who) {
  return runs({u"history"_s, who, u"--json"_s, u"--limit"_s, u"1000"_s}).events(u"history"_s);
}

QStringList CliPerson::texts(const QString &who) {
  QStringList out;
  for (const QJsonObject &line : history(who)) out.append(line[u"text"_s].toString());
  return out;
}

QStringList CliPerson::full(const QStringList &words) const {
  return QStringList{u"--profile"_s, m_profile, u"--relay"_s, m_relay} + words;
}

}  // namespace gx::test
