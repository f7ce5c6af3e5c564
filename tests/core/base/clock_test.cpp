// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/clock.h"

#include <gtest/gtest.h>

#include <memory>

#include "tests/support/await.h"
#include "tests/support/manual_clock.h"

namespace gx {
namespace {

using namespace std::chrono_literals;

TEST(SystemClock, CallsAfterTheDelay) {
  SystemClock clock;
  QObject context;
  bool called = false;
  const auto start = clock.steadyNow();
  clock.callAfter(20ms, &context, [&] { called = true; });

  EXPECT_TRUE(test::waitUntil([&] { return called; }));
  EXPECT_GE(clock.steadyNow() - start, 15ms);
}

// Qt's coarse timers begin at 2 s.
TEST(SystemClock, NeverCallsBeforeTheDelay) {
  SystemClock clock;
  QObject context;
  int calls = 0;
  int early = 0;
  for (std::chrono::milliseconds delay = 2000ms; delay < 2200ms; delay += 10ms) {
    const auto due = clock.steadyNow() + delay;
    clock.callAfter(delay, &context, [&, due] {
      ++calls;
      early += clock.steadyNow() < due ? 1 : 0;
    });
  }

  EXPECT_TRUE(test::waitUntil([&] { return calls == 20; }));
  EXPECT_EQ(early, 0);
}

TEST(SystemClock, KnowsTheCentury) {
  SystemClock clock;

  EXPECT_GT(toMillis(clock.wallNow()), 1'600'000'000'000);
  EXPECT_EQ(fromMillis(toMillis(clock.wallNow())).time_since_epoch().count() / 1000, toMillis(clock.wallNow()) / 1000);
}

TEST(ManualClock, FiresInOrderOfTimeAndNotForTheDead) {
  test::ManualClock clock;
  QObject context;
  auto dead = std::make_unique<QObject>();
  std::vector<int> order;
  clock.callAfter(2s, &context, [&] { order.push_back(2); });
  clock.callAfter(1s, &context, [&] { order.push_back(1); });
  clock.callAfter(1s, dead.get(), [&] { order.push_back(99); });
  dead.reset();

  clock.advance(3s);

  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

}  // namespace
}  // namespace gx
