// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/reconnector.h"

#include <gtest/gtest.h>

#include "core/net/completion.h"
#include "tests/support/await.h"
#include "tests/support/fixed_random.h"
#include "tests/support/manual_clock.h"
#include "tests/support/signal_probe.h"

namespace gx::net {

using namespace std::chrono_literals;
using State = Reconnector::State;

namespace {

const Error kCut{ErrorKind::Network, "cut", "connection_cut"};

// Somebody whose tries to connect end as told.
class ReconnectorTest : public ::testing::Test {
 protected:
  ~ReconnectorTest() override { test::await(reconnector.shutdown()); }
  static Async<> ended(Result<> result) { co_return result; }
  static Async<> held(Completion<Result<>> &completion, std::stop_token stop) {
    const std::stop_callback onStop(stop, [&] { completion.finish(fail(ErrorKind::Cancelled, "stopped")); });
    const Result<> result = co_await completion;
    co_return result;
  }
  void answers(const Result<> &result) { outcome = result; }
  // The delay until the next try, which is then made.
  std::chrono::milliseconds delayOfNextTry() {
    const int before = tries;
    std::chrono::milliseconds waited{0};
    while (tries == before && waited < 10min) {
      clock.advance(10ms);
      waited += 10ms;
    }
    return waited;
  }

  test::ManualClock clock;
  test::FixedRandom random;
  Result<> outcome{};
  int tries = 0;
  Completion<Result<>> *pending = nullptr;
  Reconnector reconnector{clock, random, [this](std::stop_token stop) {
                            ++tries;
                            return pending ? held(*pending, stop) : ended(outcome);
                          }};
};

}  // namespace

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

TEST_F(ReconnectorTest, TriesSoonAfterAClosedWayIsOpenAgain) {
  Result<> way = fail(kCut);
  reconnector.lookWith([&](std::stop_token) { return ended(way); });
  answers(fail(kCut));
  reconnector.start();
  for (int i = 0; i < 8; ++i) delayOfNextTry();
  answers({});

  EXPECT_GT(delayOfNextTry(), 25s);  // it looks, and sees that it need not try
  reconnector.connectionLost(kCut);
  clock.advance(10s);
  way = {};

  EXPECT_LE(delayOfNextTry(), 6s);
  EXPECT_EQ(reconnector.state(), State::Online);
}

TEST_F(ReconnectorTest, DoesNotLookWhereTheRelayItselfRefused) {
  int looks = 0;
  reconnector.lookWith([&](std::stop_token) {
    ++looks;
    return ended({});
  });
  answers(fail(ErrorKind::Unavailable, "busy", "unavailable"));
  reconnector.start();

  for (int i = 0; i < 6; ++i) delayOfNextTry();

  EXPECT_EQ(looks, 0);
}

TEST_F(ReconnectorTest, LooksForARelayThatRestartsNotBeforeTheTimeItNamed) {
  reconnector.lookWith([](std::stop_token) { return ended({}); });
  Error restarting{ErrorKind::Unavailable, "restarts", "relay_restarts"};
  restarting.retryAfter = 20s;
  answers(fail(restarting));
  reconnector.start();
  for (int i = 0; i < 6; ++i) {
    const auto delay = delayOfNextTry();
    EXPECT_GE(delay, 20s) << i;
    EXPECT_LE(delay, 27s) << i;
  }
}

TEST_F(ReconnectorTest, EndsALookWhenSomebodyAsks) {
  Completion<Result<>> looking;
  reconnector.lookWith([&](std::stop_token stop) { return held(looking, std::move(stop)); });
  answers(fail(kCut));
  reconnector.start();
  for (int i = 0; i < 4; ++i) {
    const int before = tries;
    clock.advance(1600ms);
    if (tries == before) break;  // this wait is long enough for a look
  }
  clock.advance(2s);
  answers({});

  reconnector.retryNow();

  EXPECT_TRUE(looking.isFinished());
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
