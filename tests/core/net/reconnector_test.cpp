// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/reconnector.h"

#include <gtest/gtest.h>

#include "tests/core/net/reconnector_fixture.h"
#include "tests/support/signal_probe.h"

namespace gx::net {

using namespace std::chrono_literals;
using State = Reconnector::State;

TEST_F(ReconnectorTest, GoesOnline) {
  EXPECT_EQ(reconnector.state(), State::Offline);

  reconnector.start();

  EXPECT_EQ(reconnector.state(), State::Online);
  EXPECT_EQ(tries, 1);
}

TEST_F(ReconnectorTest, WaitsLongerEachTimeAndNoLongerThanTheCap) {
  answers(fail(kCut));
  reconnector.start();
  EXPECT_EQ(reconnector.state(), State::Waiting);
  EXPECT_EQ(reconnector.reason(), kCut);

  std::chrono::milliseconds middle = 1s;
  for (int i = 0; i < 12; ++i) {
    const auto delay = delayOfNextTry();
    EXPECT_GE(delay, middle / 2) << i;
    EXPECT_LE(delay, middle + middle / 2 + 10ms) << i;
    middle = std::min<std::chrono::milliseconds>(middle * 2, 60s);
  }
}

TEST_F(ReconnectorTest, TellsUntilWhenItWaits) {
  answers(fail(kCut));
  reconnector.start();

  EXPECT_GE(reconnector.waitingUntil(), clock.wallNow() + 500ms);
  EXPECT_LE(reconnector.waitingUntil(), clock.wallNow() + 1500ms);
}

TEST_F(ReconnectorTest, ComesBackAfterALoss) {
  reconnector.start();

  reconnector.connectionLost(kCut);
  EXPECT_EQ(reconnector.state(), State::Waiting);

  EXPECT_LE(delayOfNextTry(), 1510ms);
  EXPECT_EQ(reconnector.state(), State::Online);
}

TEST_F(ReconnectorTest, StartsTheRowAnewAfterAStableMinute) {
  answers(fail(kCut));
  reconnector.start();
  for (int i = 0; i < 6; ++i) delayOfNextTry();
  answers({});
  delayOfNextTry();
  ASSERT_EQ(reconnector.state(), State::Online);

  reconnector.connectionLost(kCut);
  EXPECT_GT(delayOfNextTry(), 10s);  // it did not hold
  clock.advance(60s);
  reconnector.connectionLost(kCut);

  EXPECT_LE(delayOfNextTry(), 1510ms);
}

TEST_F(ReconnectorTest, HonoursTheTimeThatTheRelayNamed) {
  Error busy{ErrorKind::Unavailable, "busy", "unavailable"};
  busy.retryAfter = 40s;
  answers(fail(busy));
  reconnector.start();

  reconnector.networkChanged();
  EXPECT_EQ(tries, 1);

  EXPECT_GE(delayOfNextTry(), 40s);
}

TEST_F(ReconnectorTest, TriesAtOnceWhenSomebodyAsks) {
  Error busy{ErrorKind::Unavailable, "busy", "unavailable"};
  busy.retryAfter = 40s;
  answers(fail(busy));
  reconnector.start();
  answers({});

  reconnector.retryNow();

  EXPECT_EQ(reconnector.state(), State::Online);
}

TEST_F(ReconnectorTest, TriesAtOnceWhenTheNetworkChanged) {
  answers(fail(kCut));
  reconnector.start();
  answers({});

  reconnector.networkChanged();

  EXPECT_EQ(reconnector.state(), State::Online);
}

TEST_F(ReconnectorTest, TriesAtOnceAfterSleep) {
  answers(fail(kCut));
  reconnector.start();
  for (int i = 0; i < 8; ++i) delayOfNextTry();
  answers({});

  clock.jumpWall(1h);
  clock.advance(5s);

  EXPECT_EQ(reconnector.state(), State::Online);
}

TEST_F(ReconnectorTest, DoubtsAConnectionAfterSleep) {
  test::SignalProbe<> doubted(&reconnector, &Reconnector::connectionDoubted);
  reconnector.start();
  clock.advance(30s);
  EXPECT_EQ(doubted.count(), 0U);

  clock.jumpWall(1h);
  clock.advance(5s);

  EXPECT_EQ(doubted.count(), 1U);
}

TEST_F(ReconnectorTest, DoesNotMindAClockThatIsSetBack) {
  test::SignalProbe<> doubted(&reconnector, &Reconnector::connectionDoubted);
  reconnector.start();

  clock.jumpWall(-1h);
  clock.advance(30s);

  EXPECT_EQ(doubted.count(), 0U);
}

TEST_F(ReconnectorTest, GivesUpWhereSomebodyHasToAct) {
  for (const ErrorKind kind : {ErrorKind::Unauthorized, ErrorKind::Forbidden, ErrorKind::Unsupported}) {
    answers(fail(kind, "no"));
    reconnector.start();
    EXPECT_EQ(reconnector.state(), State::Stopped);
    EXPECT_EQ(reconnector.reason().kind, kind);
    const int before = tries;
    clock.advance(10min);
    EXPECT_EQ(tries, before);
  }

  answers({});
  reconnector.start();
  EXPECT_EQ(reconnector.state(), State::Online);
}

TEST_F(ReconnectorTest, KeepsTryingWithAnUntrustedCertificate) {
  answers(fail(ErrorKind::Untrusted, "portal", "tls_untrusted"));
  reconnector.start();

  EXPECT_EQ(reconnector.state(), State::Waiting);
  EXPECT_LE(delayOfNextTry(), 1510ms);
}

TEST_F(ReconnectorTest, StopsATryUnderWay) {
  Completion<Result<>> trying;
  pending = &trying;
  reconnector.start();
  EXPECT_EQ(reconnector.state(), State::Connecting);

  reconnector.stop();

  EXPECT_TRUE(trying.isFinished());
  EXPECT_EQ(reconnector.state(), State::Offline);
  clock.advance(10min);
  EXPECT_EQ(tries, 1);
}

TEST_F(ReconnectorTest, StopsWhileItWaitsAndStartsAgain) {
  answers(fail(kCut));
  reconnector.start();
  reconnector.stop();
  EXPECT_EQ(reconnector.state(), State::Offline);
  clock.advance(10min);
  EXPECT_EQ(tries, 1);

  reconnector.start();

  EXPECT_EQ(tries, 2);
  EXPECT_GE(delayOfNextTry(), 500ms);  // no wake-up is left over
}

TEST_F(ReconnectorTest, StopsWhileOnlineFromWithinItsOwnSignal) {
  QObject::connect(&reconnector, &Reconnector::stateChanged, &reconnector, [this] {
    if (reconnector.state() == State::Online) reconnector.stop();
  });

  reconnector.start();

  EXPECT_EQ(reconnector.state(), State::Offline);
}

TEST_F(ReconnectorTest, TellsEveryChange) {
  QList<State> seen;
  QObject listener;
  QObject::connect(&reconnector, &Reconnector::stateChanged, &listener, [&] { seen.append(reconnector.state()); });
  reconnector.start();
  reconnector.connectionLost(kCut);
  delayOfNextTry();

  EXPECT_EQ(seen, (QList<State>{State::Connecting, State::Online, State::Waiting, State::Connecting, State::Online}));
}

}  // namespace gx::net
