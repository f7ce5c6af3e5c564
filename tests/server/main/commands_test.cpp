// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/commands.h"

#include <gtest/gtest.h>

#include "server/sql/folder_lock.h"
#include "tests/support/temp_folder.h"

namespace gx::server {

namespace {

struct Outcome {
  int code = 0;
  QByteArray said;
  QByteArray complained;
};

// gx-relay with these words, in the test's own process.
Outcome runs(const QByteArray &words) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.code = runCommand(words.split(' '));
  outcome.said = QByteArray::fromStdString(testing::internal::GetCapturedStdout());
  outcome.complained = QByteArray::fromStdString(testing::internal::GetCapturedStderr());
  return outcome;
}

}  // namespace

TEST(Commands, SayTheVersionAndTheHelp) {
  EXPECT_EQ(runs("--version").said, "gx-relay " GX_VERSION "\n");
  EXPECT_EQ(runs("--help").said, CommandLine::help());
  EXPECT_EQ(runs("--help").code, kExitDone);
}

TEST(Commands, WrongUseIsTwo) {
  for (const char *words : {"serv", "config show", "serve --listen nowhere", "serve --config /nowhere/at/all.conf"}) {
    const Outcome outcome = runs(words);
    EXPECT_EQ(outcome.code, kExitUsage) << words;
    EXPECT_TRUE(outcome.complained.startsWith("gx-relay: ")) << outcome.complained.constData();
    EXPECT_TRUE(outcome.said.isEmpty()) << words;
  }
}

TEST(Commands, PrintTheConfiguration) {
  const Outcome outcome = runs("config print --listen 127.0.0.1:4711 --data /srv/gx");

  EXPECT_EQ(outcome.code, kExitDone);
  EXPECT_TRUE(outcome.said.contains("\nlisten = 127.0.0.1:4711\n")) << outcome.said.constData();
  EXPECT_TRUE(outcome.said.contains("\ndata = /srv/gx\n"));
}

TEST(Commands, MigrateBringsAStoreUpToDateAndPrintsItsSql) {
  const test::TempFolder folder;

  const Outcome migrated = runs("migrate --data " + folder.path().toUtf8());

  EXPECT_EQ(migrated.code, kExitDone) << migrated.complained.constData();
  EXPECT_FALSE(migrated.said.isEmpty());
  EXPECT_TRUE(QFile::exists(folder.file(QStringLiteral("relay.db"))));
  EXPECT_TRUE(runs("migrate --print-sql").said.contains("CREATE TABLE \"Mailbox\""));
}

TEST(Commands, AStoreInUseIsThree) {
  const test::TempFolder folder;
  const auto lock = sql::FolderLock::take(folder.path());
  ASSERT_TRUE(lock);

  EXPECT_EQ(runs("migrate --data " + folder.path().toUtf8()).code, kExitLocked);
  EXPECT_EQ(runs("serve --listen 127.0.0.1:0 --ops-listen 127.0.0.1:0 --data " + folder.path().toUtf8()).code,
            kExitLocked);
}

TEST(Commands, TheDoctorNumbersWhatItLookedAt) {
  const test::TempFolder folder;

  const Outcome well = runs("doctor --listen 127.0.0.1:0 --ops-listen 127.0.0.1:0 --data " + folder.path().toUtf8());
  const Outcome ill = runs("doctor --listen nowhere --data " + folder.path().toUtf8());

  EXPECT_EQ(well.code, kExitDone) << well.said.constData();
  EXPECT_GE(well.said.count('\n'), 3);
  EXPECT_EQ(ill.code, kExitFailed);
  EXPECT_TRUE(ill.said.contains("listen")) << ill.said.constData();
}

}  // namespace gx::server
