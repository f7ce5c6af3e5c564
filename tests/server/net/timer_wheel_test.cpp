// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/timer_wheel.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <vector>

#include "tests/support/fixed_random.h"

namespace gx::server::net {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime kStart{1000s};

struct Alarm {
  Alarm() : timer([](void *self) { ++static_cast<Alarm *>(self)->fired; }, this) {}
  int fired = 0;
  WheelTimer timer;
};

TEST(TimerWheel, FiresOnceAndNeverEarly) {
  TimerWheel wheel(kStart);
  Alarm alarm;
  alarm.timer.start(wheel, 100ms);

  wheel.advance(kStart + 99ms);
  EXPECT_EQ(alarm.fired, 0);
  wheel.advance(kStart + 100ms + TimerWheel::kTick);
  EXPECT_EQ(alarm.fired, 1);
  wheel.advance(kStart + 10s);

  EXPECT_EQ(alarm.fired, 1);
  EXPECT_FALSE(alarm.timer.isRunning());
  EXPECT_EQ(wheel.count(), 0);
}

TEST(TimerWheel, StopsAndRestarts) {
  TimerWheel wheel(kStart);
  Alarm alarm;
  alarm.timer.start(wheel, 50ms);
  alarm.timer.stop();
  wheel.advance(kStart + 1s);
  EXPECT_EQ(alarm.fired, 0);

  alarm.timer.start(wheel, 50ms);
  alarm.timer.start(wheel, 500ms);
  wheel.advance(kStart + 1s + 400ms);
  EXPECT_EQ(alarm.fired, 0);
  wheel.advance(kStart + 1s + 510ms);
  EXPECT_EQ(alarm.fired, 1);
}

TEST(TimerWheel, ForgetsTimersThatDie) {
  TimerWheel wheel(kStart);
  auto alarm = std::make_unique<Alarm>();
  alarm->timer.start(wheel, 50ms);
  alarm.reset();
  EXPECT_EQ(wheel.count(), 0);
  wheel.advance(kStart + 1s);
}

TEST(TimerWheel, MayDieBeforeItsTimers) {
  Alarm alarm;
  {
    TimerWheel wheel(kStart);
    alarm.timer.start(wheel, 50ms);
  }
  EXPECT_FALSE(alarm.timer.isRunning());
}

struct Chain {
  explicit Chain(TimerWheel &owner)
      : wheel(owner), timer([](void *self) { static_cast<Chain *>(self)->fire(); }, this) {}
  void fire() {
    ++fired;
    timer.start(wheel, 0ms);
    if (other) other->timer.stop();
  }
  TimerWheel &wheel;
  WheelTimer timer;
  Alarm *other = nullptr;
  int fired = 0;
};

TEST(TimerWheel, ATimerMayRestartItselfAndStopAnotherThatIsDueToo) {
  TimerWheel wheel(kStart);
  Chain chain(wheel);
  Alarm other;
  chain.other = &other;
  chain.timer.start(wheel, 80ms);
  other.timer.start(wheel, 80ms);

  wheel.advance(kStart + 88ms);

  EXPECT_GE(chain.fired, 1);
  EXPECT_LE(chain.fired, 2);
  EXPECT_EQ(other.fired, 0);
}

TEST(TimerWheel, UntilNextIsNeverTooLong) {
  TimerWheel wheel(kStart);
  EXPECT_LT(wheel.untilNext(kStart), 0ms);
  Alarm alarm;
  for (const auto after : {1ms, 8ms, 500ms, 600ms, 32'000ms, 33'000ms, 3'600'000ms}) {
    alarm.timer.start(wheel, after);
    EXPECT_LE(wheel.untilNext(kStart), after + TimerWheel::kTick) << after.count();
    EXPECT_GE(wheel.untilNext(kStart), 0ms);
  }
}

// Walks from wake-up to wake-up, as the event loop does, and compares each time-out with what was asked for.
TEST(TimerWheel, KeepsThousandsOfTimesOverAllWheels) {
  test::FixedRandom random(7);
  TimerWheel wheel(kStart);
  SteadyTime now = kStart;
  struct Timed {
    Timed(SteadyTime &clock, std::chrono::milliseconds after)
        : now(clock), due(clock + after), timer([](void *self) { static_cast<Timed *>(self)->fire(); }, this) {}
    void fire() {
      ++fired;
      EXPECT_GE(now, due);
      EXPECT_LE(now, due + 2 * TimerWheel::kTick);
    }
    SteadyTime &now;
    SteadyTime due;
    int fired = 0;
    WheelTimer timer;
  };
  std::vector<std::unique_ptr<Timed>> timers;
  for (int i = 0; i < 3000; ++i) {
    const std::chrono::milliseconds after(static_cast<qint64>(random.below(i % 3 == 0   ? 700
                                                                           : i % 3 == 1 ? 90'000
                                                                                        : 5'000'000)));
    timers.push_back(std::make_unique<Timed>(now, after));
    timers.back()->timer.start(wheel, after);
  }

  while (wheel.count() > 0) {
    const auto until = wheel.untilNext(now);
    ASSERT_GE(until, 0ms);
    now += std::max(until, 1ms);
    wheel.advance(now);
  }

  for (const auto &timer : timers) EXPECT_EQ(timer->fired, 1);
}

TEST(TimerWheel, ReachesBeyondItsLastWheel) {
  TimerWheel wheel(kStart);
  Alarm alarm;
  alarm.timer.start(wheel, 48h);
  wheel.advance(kStart + 47h);
  EXPECT_EQ(alarm.fired, 0);
  wheel.advance(kStart + 48h + TimerWheel::kTick);
  EXPECT_EQ(alarm.fired, 1);
}

}  // namespace
}  // namespace gx::server::net
