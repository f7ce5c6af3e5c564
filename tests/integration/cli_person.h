// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QJsonObject>
#include <memory>

#include "tests/support/child_process.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

// Somebody who uses gx-cli: a profile folder and a login file, each command a process of its own.
class CliPerson final {
 public:
  struct Ended {
    int code = -1;
    QByteArray output;
    QByteArray error;
    // The JSON lines of a type, for --json.
    [[nodiscard]] QList<QJsonObject> events(const QString &type) const;
    [[nodiscard]] QJsonObject event(const QString &type) const;  // the last one
  };

  CliPerson(QString relay, QByteArray account, QByteArray password = "TestPass123");

  Ended runs(const QStringList &words, const QByteArray &input = {});
  // A process to be talked with, not waited for.
  std::unique_ptr<ChildProcess> starts(const QStringList &words);
  Ended signsIn(const QStringList &more = {});
  // `listen --json`, once it is online.
  std::unique_ptr<ChildProcess> listens();
  // History as JSON objects.
  QList<QJsonObject> history(const QString &who);
  QStringList texts(const QString &who);

  [[nodiscard]] const QString &profile() const { return m_profile; }
  [[nodiscard]] const QString &loginFile() const { return m_loginFile; }
  [[nodiscard]] QString who() const { return QString::fromLatin1(m_account); }
  QStringList environment{};

 private:
  [[nodiscard]] QStringList full(const QStringList &words) const;

  TempFolder m_folder;
  QString m_relay;
  QByteArray m_account;
  QString m_profile;
  QString m_loginFile;
};

}  // namespace gx::test
