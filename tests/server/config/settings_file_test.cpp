// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/settings_file.h"

#include <gtest/gtest.h>

#include <QFile>

#include "tests/support/temp_folder.h"

namespace gx::server::config {

TEST(SettingsFile, ReadsNamesValuesAndLines) {
  const auto lines =
      parseSettings("# a comment\n\n  demo = yes \r\n; another\ndata=/var/a=b # c\nempty =\n", "relay.conf");

  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 3);
  EXPECT_EQ(lines->at(0).name, "demo");
  EXPECT_EQ(lines->at(0).value, "yes");
  EXPECT_EQ(lines->at(0).line, 3);
  EXPECT_EQ(lines->at(1).value, "/var/a=b # c");
  EXPECT_EQ(lines->at(2).value, "");
  EXPECT_EQ(lines->at(2).line, 6);
}

TEST(SettingsFile, TellsAllErrorsWithTheirLines) {
  const auto lines = parseSettings("[relay]\ndemo\n= 3\ndemo = yes\ndemo = no\nx = a\x01z\n", "relay.conf");

  ASSERT_FALSE(lines);
  EXPECT_EQ(lines.error().detail,
            "relay.conf:1: sections are not used here; write the settings one below the other\n"
            "relay.conf:2: '=' is missing\n"
            "relay.conf:3: the name is missing\n"
            "relay.conf:5: demo was set in line 4 already\n"
            "relay.conf:6: control character");
}

TEST(SettingsFile, NamesTheFileThatIsNotThere) {
  const test::TempFolder folder;

  const auto lines = readSettingsFile(folder.file(QStringLiteral("no.conf")));

  ASSERT_FALSE(lines);
  EXPECT_TRUE(lines.error().detail.startsWith(folder.path().toUtf8() + "/no.conf: "))
      << lines.error().detail.constData();
}

TEST(SettingsFile, RefusesAHugeFile) {
  const test::TempFolder folder;
  QFile file(folder.file(QStringLiteral("big.conf")));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(QByteArray(65 * 1024, '\n'));
  file.close();

  const auto lines = readSettingsFile(file.fileName());

  ASSERT_FALSE(lines);
  EXPECT_EQ(lines.error().kind, ErrorKind::TooLarge);
}

}  // namespace gx::server::config
