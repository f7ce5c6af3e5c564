// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/command_line.h"

#include <gtest/gtest.h>

#include "server/config/setting_table.h"

namespace gx::server {

namespace {

Result<CommandLine> lineOf(const QByteArray &words) {
  return CommandLine::parse(words.isEmpty() ? QList<QByteArray>() : words.split(' '));
}

}  // namespace

TEST(CommandLine, KnowsItsVerbs) {
  EXPECT_EQ(lineOf("serve")->verb, CommandLine::Verb::Serve);
  EXPECT_EQ(lineOf("migrate")->verb, CommandLine::Verb::Migrate);
  EXPECT_EQ(lineOf("config print")->verb, CommandLine::Verb::PrintConfig);
  EXPECT_EQ(lineOf("doctor")->verb, CommandLine::Verb::Doctor);
  EXPECT_EQ(lineOf("--version")->verb, CommandLine::Verb::Version);
  EXPECT_EQ(lineOf("--help")->verb, CommandLine::Verb::Help);
  EXPECT_EQ(lineOf("serve --help")->verb, CommandLine::Verb::Help);
}

TEST(CommandLine, ReadsOptionsBeforeAndBehindTheVerb) {
  const auto line = lineOf(
      "--data /a serve --demo --listen=127.0.0.1:0 --ops-listen 127.0.0.1:1 --config x.conf --test-accounts t.json");

  ASSERT_TRUE(line) << line.error().detail.constData();
  EXPECT_EQ(line->configFile, QLatin1String("x.conf"));
  const QList<std::pair<QByteArray, QByteArray>> expected{{"data", "/a"},
                                                          {"demo", "yes"},
                                                          {"listen", "127.0.0.1:0"},
                                                          {"ops_listen", "127.0.0.1:1"},
                                                          {"test_accounts", "t.json"}};
  EXPECT_EQ(line->settings, expected);
  for (const auto &[name, value] : line->settings) EXPECT_NE(config::findSetting(name), nullptr) << name.constData();
}

TEST(CommandLine, RefusesWhatTheHelpDoesNotName) {
  for (const char *words : {"", "serv", "serve now", "config", "config show", "serve --port 3", "serve --data",
                            "serve --demo=yes", "--config", "serve --print-sql", "migrate --print-sql=1", "-v"})
    EXPECT_FALSE(lineOf(words)) << words;
}

TEST(CommandLine, PrintsSql) {
  EXPECT_TRUE(lineOf("migrate --print-sql")->printsSql);
}

TEST(CommandLine, TheHelpNamesEveryOption) {
  for (const char *option :
       {"--config", "--data", "--listen", "--ops-listen", "--demo", "--test-accounts", "--version", "--print-sql"})
    EXPECT_TRUE(CommandLine::help().contains(option)) << option;
}

}  // namespace gx::server
