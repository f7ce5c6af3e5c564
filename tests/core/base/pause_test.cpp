// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/pause.h"

#include <gtest/gtest.h>

#include "tests/support/await.h"
#include "tests/support/manual_clock.h"

namespace gx {
namespace {

using namespace std::chrono_literals;

QCoro::Task<> keepResult(QCoro::Task<bool> task, std::optional<bool> *into) {
  *into = co_await task;
}

TEST(Pause, EndsAfterItsTime) {
  test::ManualClock clock;
  Pause pause(clock);
  std::optional<bool> slept;
  keepResult(pause.wait(2s), &slept);

  clock.advance(1999ms);
  EXPECT_FALSE(slept);
  clock.advance(1ms);

  EXPECT_EQ(slept, true);
}

TEST(Pause, IsCutShortByWake) {
  test::ManualClock clock;
  Pause pause(clock);
  std::optional<bool> slept;
  keepResult(pause.wait(2s), &slept);

  pause.wake();

  EXPECT_EQ(slept, false);
  clock.advance(5s);  // the old timer does nothing to the next wait
  std::optional<bool> second;
  keepResult(pause.wait(1s), &second);
  clock.advance(999ms);
  EXPECT_FALSE(second);
  clock.advance(1ms);
  EXPECT_EQ(second, true);
}

TEST(Pause, RemembersAWakeThatCameEarly) {
  test::ManualClock clock;
  Pause pause(clock);
  pause.wake();
  std::optional<bool> slept;

  keepResult(pause.wait(1h), &slept);

  EXPECT_EQ(slept, false);
}

TEST(Pause, WaitsForWakeAlone) {
  test::ManualClock clock;
  Pause pause(clock);
  bool woken = false;
  [](Pause &p, bool &w) -> QCoro::Task<> {
    co_await p.waitForWake();
    w = true;
  }(pause, woken);
  clock.advance(1h);
  EXPECT_FALSE(woken);

  pause.wake();

  EXPECT_TRUE(woken);
}

}  // namespace
}  // namespace gx
