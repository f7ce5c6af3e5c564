// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/settings.h"

#include <gtest/gtest.h>

#include <QFile>

#include "tests/support/temp_folder.h"

namespace gx::server::config {

namespace {

class SettingsTest : public ::testing::Test {
 protected:
  QString writes(const char *name, const QByteArray &text, bool isPrivate = true) {
    QFile file(m_folder.file(QLatin1String(name)));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    file.setPermissions(isPrivate ? QFile::ReadOwner | QFile::WriteOwner
                                  : QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    return file.fileName();
  }

  test::TempFolder m_folder;
};

}  // namespace

TEST_F(SettingsTest, DefaultsStandWithoutAnySource) {
  const auto settings = Settings::load({});

  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->value("listen"), "127.0.0.1:3007");
  EXPECT_EQ(settings->place("listen"), "default");
  EXPECT_FALSE(settings->isSet("data"));
  EXPECT_FALSE(settings->flag("demo"));
}

TEST_F(SettingsTest, CommandLineWinsOverEnvironmentOverFile) {
  SettingSources sources;
  sources.file = writes("relay.conf", "listen = 127.0.0.1:1\nops_listen = 127.0.0.1:1\ndata = /a\n");
  sources.environment = {{"GX_LISTEN", "127.0.0.1:2"}, {"GX_OPS_LISTEN", "127.0.0.1:2"}};
  sources.commandLine = {{"listen", "127.0.0.1:3"}};

  const auto settings = Settings::load(sources);

  ASSERT_TRUE(settings) << settings.error().detail.constData();
  EXPECT_EQ(settings->value("listen"), "127.0.0.1:3");
  EXPECT_EQ(settings->place("listen"), "--listen");
  EXPECT_EQ(settings->value("ops_listen"), "127.0.0.1:2");
  EXPECT_EQ(settings->place("ops_listen"), "GX_OPS_LISTEN");
  EXPECT_EQ(settings->value("data"), "/a");
  EXPECT_EQ(settings->place("data"), sources.file.toUtf8() + ":3");
}

TEST_F(SettingsTest, UnknownNamesAreRefusedWithLineAndNearestName) {
  SettingSources sources;
  sources.file = writes("relay.conf", "# first\nregistartion = open\n\nzzz = 1\ndemo = perhaps\n");

  const auto settings = Settings::load(sources);

  ASSERT_FALSE(settings);
  const QByteArray file = sources.file.toUtf8();
  EXPECT_EQ(settings.error().detail, file + ":2: unknown setting registartion; did you mean registration?\n" + file +
                                         ":4: unknown setting zzz\n" + file + ":5: demo must be yes or no");
}

TEST_F(SettingsTest, WrongVariablesAndOptionsAreNamed) {
  SettingSources sources;
  sources.environment = {{"GX_TIME_SCALE", "fast"}, {"GX_RELAY_SERVICE_HOST", "10.0.0.1"}};
  sources.commandLine = {{"ops_listen", "here"}};

  const auto settings = Settings::load(sources);

  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error().detail,
            "GX_TIME_SCALE: time_scale must be a number from 0.001 to 1\n"
            "--ops-listen: ops_listen must be ADDRESS:PORT, such as 127.0.0.1:3007 or [::1]:3007");
}

TEST_F(SettingsTest, SecretsComeFromPrivateFiles) {
  SettingSources sources;
  sources.environment = {{"GX_INVITE_CODE_FILE", writes("invite", "0123456789abcdefgh\n").toUtf8()}};

  const auto settings = Settings::load(sources);

  ASSERT_TRUE(settings) << settings.error().detail.constData();
  EXPECT_EQ(settings->value("invite_code"), "0123456789abcdefgh");
  EXPECT_EQ(settings->place("invite_code"), "GX_INVITE_CODE_FILE");
}

TEST_F(SettingsTest, SecretsThatOthersMayReadAreRefusedWithTheirPlace) {
  SettingSources sources;
  sources.file = writes("relay.conf", "\ninvite_code = 0123456789abcdefgh\n", false);
  sources.environment = {{"GX_INVITE_CODE_FILE", writes("invite", "0123456789abcdefgh", false).toUtf8()}};

  const auto settings = Settings::load(sources);

  ASSERT_FALSE(settings);
  EXPECT_TRUE(settings.error().detail.contains("relay.conf:2: invite_code: the file holds a secret"))
      << settings.error().detail.constData();
  EXPECT_TRUE(settings.error().detail.contains("GX_INVITE_CODE_FILE: holds a secret"));
  EXPECT_FALSE(settings.error().detail.contains("0123456789"));
}

TEST_F(SettingsTest, ASecretSaidTwiceOrMissingIsRefused) {
  SettingSources sources;
  sources.environment = {{"GX_INVITE_CODE_FILE", "/nowhere/x"}};
  EXPECT_TRUE(Settings::load(sources).error().detail.startsWith("GX_INVITE_CODE_FILE: "));

  sources.environment.insert("GX_INVITE_CODE", "0123456789abcdefgh");
  EXPECT_EQ(Settings::load(sources).error().detail, "GX_INVITE_CODE_FILE: GX_INVITE_CODE is set too; leave one out");
}

TEST_F(SettingsTest, PrintsASettingsFileWithoutSecrets) {
  SettingSources sources;
  sources.environment = {{"GX_INVITE_CODE", "0123456789abcdefgh"}, {"GX_ALLOWED_HOSTS", "a.example, b.example"}};

  const auto settings = Settings::load(sources);

  ASSERT_TRUE(settings);
  const QByteArray printed = settings->print();
  EXPECT_FALSE(printed.contains("0123456789"));
  EXPECT_TRUE(printed.contains("\n#invite_code = (secret, not shown)\n"));
  EXPECT_TRUE(printed.contains("\nallowed_hosts = a.example, b.example\n"));
  EXPECT_EQ(settings->list("allowed_hosts"), (QList<QByteArray>{"a.example", "b.example"}));

  SettingSources again;
  again.file = writes("printed.conf", printed);
  const auto reread = Settings::load(again);
  ASSERT_TRUE(reread) << reread.error().detail.constData();
  EXPECT_EQ(reread->value("allowed_hosts"), settings->value("allowed_hosts"));
}

TEST_F(SettingsTest, TakesOnlyOurVariablesFromTheProcess) {
  qputenv("GX_TEST_OF_SETTINGS", "1");

  const auto environment = SettingSources::processEnvironment();

  EXPECT_EQ(environment.value("GX_TEST_OF_SETTINGS"), "1");
  EXPECT_FALSE(environment.contains("PATH"));
  qunsetenv("GX_TEST_OF_SETTINGS");
}

}  // namespace gx::server::config
