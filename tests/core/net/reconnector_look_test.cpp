// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// What a Reconnector does while it waits for long: it looks whether the relay can be reached again.
#include <gtest/gtest.h>

#include "tests/core/net/reconnector_fixture.h"

namespace gx::net {

using namespace std::chrono_literals;

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
  EXPECT_EQ(reconnector.state(), Reconnector::State::Online);
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

TEST_F(ReconnectorTest, LooksPastACaptivePortal) {
  reconnector.lookWith([](std::stop_token) { return ended({}); });
  answers(fail(ErrorKind::Unavailable, "a page instead of packets", "not_a_relay"));
  reconnector.start();

  for (int i = 0; i < 8; ++i) EXPECT_LE(delayOfNextTry(), 6s) << i;
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
  EXPECT_EQ(reconnector.state(), Reconnector::State::Online);
}

}  // namespace gx::net
