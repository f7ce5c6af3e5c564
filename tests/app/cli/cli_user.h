// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QJsonObject>
#include <QStringList>
#include <memory>
#include <optional>

#include "app/cli/program.h"
#include "tests/app/cli/captured.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

// Somebody who uses gx-cli: a profile folder and a login file, each command a Program inside this process.
class CliUser final {
 public:
  struct Said {
    int code = -1;
    QByteArray output{};
    QByteArray error{};
    [[nodiscard]] QList<QJsonObject> events(const QString &type) const;
    [[nodiscard]] QJsonObject event(const QString &type) const;  // the last one
  };

  // A command that runs on while the test goes on. Only one at a time: it has the streams of the process.
  class Running final {
   public:
    explicit Running(const QStringList &words);
    FedInput input{};
    // What was said so far.
    [[nodiscard]] Said said() const;
    bool says(QByteArrayView part);  // waits
    Said ends();                     // waits

   private:
    CapturedStream m_output{stdout};
    CapturedStream m_error{stderr};
    std::optional<int> m_code;
    cli::Program m_program;
  };

  CliUser(QString relay, QByteArray account, QByteArray password = "TestPass123 and more");

  Said runs(const QStringList &words, const QByteArray &input = {});
  // With --json.
  Said asks(const QStringList &words);
  std::unique_ptr<Running> starts(const QStringList &words);
  Said registers();
  Said logsIn(const QStringList &more = {});
  // The newest line of the conversation, as history shows it.
  QJsonObject newest(const QString &who);

  [[nodiscard]] QString who() const { return QString::fromLatin1(m_account); }
  [[nodiscard]] const QString &profile() const { return m_profile; }
  [[nodiscard]] const QString &loginFile() const { return m_loginFile; }

 private:
  [[nodiscard]] QStringList full(const QStringList &words) const;

  TempFolder m_folder;
  QString m_relay;
  QByteArray m_account;
  QString m_profile;
  QString m_loginFile;
};

// A session of gx-cli must not ask the terminal or the keychain of whoever runs the tests.
void leaveTerminalAndKeychain();

}  // namespace gx::test
