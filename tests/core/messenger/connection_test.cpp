// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/connection.h"

#include "core/base/launch.h"
#include "tests/core/messenger/person.h"
#include "tests/core/messenger/unconnected.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using namespace std::chrono_literals;
using State = Connection::State;
using test::await;
using test::waitUntil;

class OfflineConnection : public test::Unconnected {
 protected:
  Connection &connection() { return session->connection(); }
};

TEST_F(OfflineConnection, NothingIsToldAskedOrSent) {
  EXPECT_EQ(connection().tell("typing", "{}").error().kind, ErrorKind::Network);
  EXPECT_EQ(await(connection().ask("presence.watch", "{}")).error().kind, ErrorKind::Network);
  const auto sent = await(connection().sendMessage(wire::SendRequest()));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().error.kind, ErrorKind::Network);
  EXPECT_FALSE(connection().isOnline());
  EXPECT_EQ(connection().state(), State::Offline);
}

TEST_F(OfflineConnection, AClosedPortIsWaitedForAndTriedAgain) {
  connection().start();
  ASSERT_TRUE(waitUntil([&] { return connection().state() == State::Waiting; }));
  EXPECT_EQ(connection().reason().kind, ErrorKind::Network);
  EXPECT_GT(connection().waitingUntil(), clock.wallNow());
  test::SignalProbe<> changed(&connection(), &Connection::stateChanged);

  connection().retryNow();

  ASSERT_TRUE(changed.waitFor(2));  // Connecting, then Waiting again
  EXPECT_EQ(connection().state(), State::Waiting);
}

TEST_F(OfflineConnection, TheNextTryComesWithTime) {
  connection().start();
  ASSERT_TRUE(waitUntil([&] { return connection().state() == State::Waiting; }));
  test::SignalProbe<> changed(&connection(), &Connection::stateChanged);

  clock.advance(1500ms);

  EXPECT_TRUE(changed.waitFor(2));
}

class LiveConnection : public ::testing::Test {
 protected:
  void SetUp() override {
    alice.signsUp();
    alice.connects();
  }
  Connection &connection() { return alice.session().connection(); }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  test::Person alice{relay, "alice@example.org"};
};

TEST_F(LiveConnection, BecomesAWebSocket) {
  EXPECT_TRUE(connection().isOnline());
  EXPECT_TRUE(waitUntil([&] { return connection().transportName() == "websocket"; }));
}

TEST_F(LiveConnection, GoesOnAfterARestartOfTheRelay) {
  test::SignalProbe<wire::Ready> ready(&connection(), &Connection::ready);
  relay.stop();
  ASSERT_TRUE(waitUntil([&] { return connection().state() == State::Waiting; }, 20s));

  relay.start();
  connection().retryNow();

  EXPECT_TRUE(ready.waitFor(1, 20s));
  EXPECT_TRUE(connection().isOnline());
}

TEST_F(LiveConnection, ARenewedTokenIsPassedOnWithoutACut) {
  auto &tokens = alice.session().relay().tokens();
  const auto first = await(tokens.current());
  ASSERT_TRUE(first);
  test::SignalProbe<> changed(&connection(), &Connection::stateChanged);

  tokens.invalidate(*first);
  const auto second = await(tokens.current());

  ASSERT_TRUE(second) << describe(second.error()).toStdString();
  EXPECT_NE(*second, *first);
  EXPECT_TRUE(await(connection().ask("presence.watch", "{\"user_ids\":[]}")));
  EXPECT_EQ(changed.count(), 0U);
}

TEST_F(LiveConnection, WhatTheRelayRefusesIsItsErrorNotACut) {
  const auto refused = await(connection().ask("presence.watch", "[]"));

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
  EXPECT_TRUE(connection().isOnline());
}

TEST_F(LiveConnection, AnAnswerThatNeverComesEndsWithTheConnection) {
  std::optional<ErrorKind> ended;
  QObject context;
  relay.process().kill();
  launch(&context, connection().ask("presence.watch", "{\"user_ids\":[]}"),
         [&](const Result<QByteArray> &r) { ended = r ? ErrorKind::Internal : r.error().kind; });

  EXPECT_TRUE(waitUntil([&] { return ended.has_value(); }, 20s));
  EXPECT_EQ(ended, ErrorKind::Network);
}

}  // namespace
}  // namespace gx::messenger
