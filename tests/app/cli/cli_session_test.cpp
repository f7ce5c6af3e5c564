// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/cli_session.h"

#include <gtest/gtest.h>

#include "core/base/launch.h"
#include "tests/app/cli/cli_user.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// A session over a fresh folder; no relay is ever asked.
class CliSessionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    test::leaveTerminalAndKeychain();
    line.profile = folder.file(u"profile"_s);
    line.relay = u"http://127.0.0.1:9"_s;
  }
  void TearDown() override {
    for (const auto &session : m_sessions) test::await(session->close());
  }
  CliSession &session() {
    m_sessions.push_back(std::make_unique<CliSession>(line, output, clock, random));
    return *m_sessions.back();
  }

  test::TempFolder folder;
  test::CapturedStream out{stdout};
  test::CapturedStream error{stderr};
  SystemClock clock;
  OsRandom random;
  Output output{false};
  CommandLine line;

 private:
  std::vector<std::unique_ptr<CliSession>> m_sessions;
};

TEST_F(CliSessionTest, TheCommandLineBecomesProfileOptions) {
  line.caFile = u"/ca.pem"_s;
  line.proxy = u"none"_s;
  line.passphraseFile = u"/secret"_s;
  line.transport = u"websocket"_s;

  const app::ProfileOptions options = session().profileOptions(true);

  EXPECT_EQ(options.folder, line.profile);
  EXPECT_TRUE(options.mayCreate);
  EXPECT_EQ(options.relay.relay, line.relay);
  EXPECT_EQ(options.relay.caFile, u"/ca.pem"_s);
  EXPECT_EQ(options.relay.proxy, u"none"_s);
  EXPECT_EQ(options.slots_.passphraseFile, u"/secret"_s);
  EXPECT_TRUE(options.slots_.mayMakeKeyFile);
  EXPECT_FALSE(options.slots_.askPassphrase);  // no terminal
  EXPECT_EQ(options.transport, net::TransportMode::WebSocketOnly);
  line.transport = u"polling"_s;
  EXPECT_EQ(session().profileOptions(false).transport, net::TransportMode::PollingOnly);
  line.transport.clear();
  EXPECT_EQ(session().profileOptions(false).transport, net::TransportMode::PollingThenWebSocket);
}

TEST_F(CliSessionTest, ANewProfileWithoutKeychainSaysWhereItsKeyLies) {
  CliSession &cli = session();

  ASSERT_TRUE(test::await(cli.open(true)));

  EXPECT_TRUE(error.text().contains("in the file 'key'"));
  EXPECT_TRUE(cli.account().account.name.isEmpty());
}

TEST_F(CliSessionTest, NobodySignedInConnectsNowhere) {
  CliSession &cli = session();
  ASSERT_TRUE(test::await(cli.open(true)));

  const auto online = test::await(cli.connectAccount());

  ASSERT_FALSE(online);
  EXPECT_EQ(online.error().code, "not_signed_in");
  EXPECT_EQ(cli.session().connection().state(), messenger::Connection::State::Offline);
}

TEST_F(CliSessionTest, TheSecondSessionOverAProfileIsTold) {
  ASSERT_TRUE(test::await(session().open(true)));

  const auto second = test::await(session().open(true));

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "profile_in_use");
}

TEST_F(CliSessionTest, ClosingFreesTheProfile) {
  CliSession &first = session();
  ASSERT_TRUE(test::await(first.open(true)));
  test::await(first.close());

  EXPECT_TRUE(test::await(session().open(false)));
}

TEST_F(CliSessionTest, AnUnknownPersonIsCalledByTheirShortId) {
  CliSession &cli = session();
  ASSERT_TRUE(test::await(cli.open(true)));
  UserId stranger;
  stranger.bytes[0] = 7;

  const auto name = test::await(cli.nameOf(stranger));

  ASSERT_TRUE(name);
  EXPECT_EQ(*name, QString::fromLatin1(shortId(stranger)));
}

TEST_F(CliSessionTest, AnUnknownMessageIsNotFound) {
  CliSession &cli = session();
  ASSERT_TRUE(test::await(cli.open(true)));

  const auto found = test::await(cli.messageBy(ConversationId{}, u"#abcdef"_s));

  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::NotFound);
}

// waitUntil() needs no profile and runs on any clock.
class CliSessionWaiting : public ::testing::Test {
 protected:
  // The answer of waitUntil(), nothing while it waits.
  std::optional<bool> answer;
  bool isDone = false;
  test::ManualClock clock;
  OsRandom random;
  Output output{false};
  CliSession cli{CommandLine(), output, clock, random};

  void waits(std::chrono::milliseconds limit) {
    launch(&cli, cli.waitUntil([this] { return isDone; }, limit), [this](bool done) { answer = done; });
  }
};

TEST_F(CliSessionWaiting, WhatIsTrueNeedsNoTime) {
  isDone = true;

  waits(0ms);

  EXPECT_EQ(answer, true);
}

TEST_F(CliSessionWaiting, WhatNeverComesTrueEndsAtTheLimit) {
  waits(10s);

  clock.advance(9999ms);
  EXPECT_FALSE(answer.has_value());
  clock.advance(1ms);
  EXPECT_EQ(answer, false);
}

TEST_F(CliSessionWaiting, OnlyAWakeMakesItLookAgain) {
  waits(10s);
  isDone = true;
  EXPECT_FALSE(answer.has_value());

  cli.wake();
  EXPECT_FALSE(answer.has_value());  // whoever told it is heard out first
  clock.advance(0ms);

  EXPECT_EQ(answer, true);
}

TEST_F(CliSessionWaiting, AWakeForNothingWaitsOn) {
  waits(10s);

  cli.wake();
  clock.advance(5s);
  EXPECT_FALSE(answer.has_value());
  clock.advance(5s);

  EXPECT_EQ(answer, false);
}

}  // namespace
}  // namespace gx::cli
