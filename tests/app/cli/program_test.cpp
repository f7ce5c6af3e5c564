// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/program.h"

#include <gtest/gtest.h>

#include "app/cli/exit_code.h"
#include "tests/app/cli/cli_user.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;

// Whole command lines; none of these needs a relay.
class ProgramTest : public ::testing::Test {
 protected:
  void SetUp() override { test::leaveTerminalAndKeychain(); }
  static test::CliUser::Said run(const QStringList &words) { return test::CliUser::Running(words).ends(); }

  test::TempFolder folder;
};

TEST_F(ProgramTest, TellsItsVersionToBoth) {
  EXPECT_TRUE(run({u"--version"_s}).output.startsWith("gx-cli "));

  const auto said = run({u"--version"_s, u"--json"_s});

  EXPECT_EQ(said.code, kOk);
  EXPECT_FALSE(said.event(u"version"_s)[u"version"_s].toString().isEmpty());
}

TEST_F(ProgramTest, HelpGoesToStandardOutput) {
  for (const auto &word : {u"--help"_s, u"-h"_s}) {
    const auto said = run({word});

    EXPECT_EQ(said.code, kOk);
    EXPECT_TRUE(said.output.contains("usage: gx-cli"));
    EXPECT_TRUE(said.error.isEmpty());
  }
}

TEST_F(ProgramTest, NothingAtAllIsAnsweredWithHelpAndTwo) {
  const auto said = run({});

  EXPECT_EQ(said.code, kUsage);
  EXPECT_TRUE(said.error.contains("usage: gx-cli"));
}

TEST_F(ProgramTest, AnUnknownVerbIsNamed) {
  const auto said = run({u"sned"_s, u"bob"_s});

  EXPECT_EQ(said.code, kUsage);
  EXPECT_TRUE(said.error.contains("'sned'"));
}

TEST_F(ProgramTest, TooFewOrTooManyWordsShowTheVerbsUsage) {
  for (const QStringList &words :
       {QStringList{u"send"_s, u"bob"_s}, QStringList{u"history"_s}, QStringList{u"whoami"_s, u"now"_s},
        QStringList{u"send"_s, u"a"_s, u"b"_s, u"c"_s}}) {
    const auto said = run(QStringList{u"--profile"_s, folder.path()} + words);

    EXPECT_EQ(said.code, kUsage) << words.join(u' ').toStdString();
    EXPECT_TRUE(said.error.contains("usage: gx-cli --profile DIR " + words[0].toUtf8()));
  }
}

TEST_F(ProgramTest, AVerbNeedsItsProfile) {
  const auto said = run({u"whoami"_s});

  EXPECT_EQ(said.code, kUsage);
  EXPECT_TRUE(said.error.contains("--profile DIR"));
}

TEST_F(ProgramTest, AnUnknownOptionIsNamed) {
  const auto said = run({u"--jsn"_s, u"whoami"_s});

  EXPECT_EQ(said.code, kUsage);
  EXPECT_TRUE(said.error.contains("unknown option --jsn"));
}

TEST_F(ProgramTest, AFolderWithoutProfileIsNotSignedIn) {
  const QString none = folder.file(u"none"_s);
  for (const QStringList &words :
       {QStringList{u"whoami"_s}, QStringList{u"send"_s, u"bob@x.test"_s, u"hi"_s}, QStringList{u"listen"_s},
        QStringList{u"conversations"_s}, QStringList{u"history"_s, u"bob@x.test"_s}, QStringList{u"logout"_s},
        QStringList{u"devices"_s}, QStringList{u"safety"_s, u"bob@x.test"_s}, QStringList{u"chat"_s, u"bob@x.test"_s},
        QStringList{u"delete"_s, u"bob@x.test"_s, u"abcd"_s}}) {
    const auto said = run(QStringList{u"--json"_s, u"--profile"_s, none} + words);

    EXPECT_EQ(said.code, kNotSignedIn) << words[0].toStdString();
    EXPECT_EQ(said.event(u"error"_s)[u"code"_s].toString(), u"no_profile"_s) << words[0].toStdString();
    EXPECT_FALSE(QFile::exists(none)) << words[0].toStdString();
  }
}

TEST_F(ProgramTest, VerbsCheckTheirWordsBeforeTheyOpenAnything) {
  for (const QStringList &words :
       {QStringList{u"safety"_s, u"bob@x.test"_s, u"trust"_s}, QStringList{u"devices"_s, u"approve"_s},
        QStringList{u"devices"_s, u"drop"_s, u"5"_s}, QStringList{u"devices"_s, u"remove"_s, u"five"_s},
        QStringList{u"login"_s}}) {
    const auto said = run(QStringList{u"--profile"_s, folder.file(u"none"_s)} + words);

    EXPECT_EQ(said.code, kUsage) << words.join(u' ').toStdString();
    EXPECT_FALSE(said.error.isEmpty());
  }
}

}  // namespace
}  // namespace gx::cli
