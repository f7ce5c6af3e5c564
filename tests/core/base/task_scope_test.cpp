// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/task_scope.h"

#include <gtest/gtest.h>

#include "core/base/clock.h"
#include "core/base/pause.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"

namespace gx {

using namespace std::chrono_literals;

namespace {

QCoro::Task<> waited(Pause &pause) {
  co_await pause.waitForWake();
}

Async<int> waitedFor(Pause &pause, int value) {
  co_await pause.waitForWake();
  co_return value;
}

QCoro::Task<> marked(QCoro::Task<> task, bool &mark) {
  co_await task;
  mark = true;
}

}  // namespace

TEST(TaskScope, IsDrainedWhenNothingRuns) {
  TaskScope scope;

  test::await(scope.drained());

  EXPECT_EQ(scope.running(), 0);
}

TEST(TaskScope, CountsSpawnedTasksUntilTheyEnd) {
  test::ManualClock clock;
  Pause pause(clock);
  TaskScope scope;
  scope.spawn(waited(pause));
  EXPECT_EQ(scope.running(), 1);
  bool isDrained = false;
  const QCoro::Task<> watching = marked(scope.drained(), isDrained);
  EXPECT_FALSE(isDrained);

  pause.wake();

  EXPECT_TRUE(isDrained);
  EXPECT_EQ(scope.running(), 0);
}

TEST(TaskScope, CountsTasksThatSomebodyAwaits) {
  test::ManualClock clock;
  Pause pause(clock);
  TaskScope scope;
  Async<int> task = scope.track(waitedFor(pause, 7));
  EXPECT_EQ(scope.running(), 1);

  pause.wake();

  EXPECT_EQ(scope.running(), 0);
  EXPECT_EQ(test::await(std::move(task)), 7);
}

TEST(TaskScope, CountsTasksWhoseAwaiterWentAway) {
  test::ManualClock clock;
  Pause pause(clock);
  TaskScope scope;
  static_cast<void>(scope.track(waitedFor(pause, 7)));
  EXPECT_EQ(scope.running(), 1);

  pause.wake();

  EXPECT_EQ(scope.running(), 0);
}

}  // namespace gx
