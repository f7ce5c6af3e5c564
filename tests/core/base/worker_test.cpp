// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/worker.h"

#include <gtest/gtest.h>

#include <thread>

#include "core/base/launch.h"
#include "core/base/task_scope.h"
#include "tests/support/await.h"

namespace gx {
namespace {

using namespace std::chrono_literals;

TEST(Worker, RunsOnItsOwnThreadAndAnswersOnOurs) {
  Worker worker("test");
  const auto home = std::this_thread::get_id();

  const bool elsewhere = test::await(worker.run([home] { return std::this_thread::get_id() != home; }));

  EXPECT_TRUE(elsewhere);
}

TEST(Worker, KeepsTheOrder) {
  Worker worker("test");
  std::vector<int> seen;
  QCoro::Task<int> last = worker.run([] { return 0; });
  for (int i = 0; i < 100; ++i)
    last = worker.run([&seen, i] {
      seen.push_back(i);
      return i;
    });

  EXPECT_EQ(test::await(std::move(last)), 99);
  ASSERT_EQ(seen.size(), 100U);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
}

TEST(Worker, TakesAFunctionThatCanOnlyBeMoved) {
  Worker worker("test");
  auto number = std::make_unique<int>(7);

  EXPECT_EQ(test::await(worker.run([n = std::move(number)] { return *n; })), 7);
}

TEST(TaskScope, IsDrainedWhenTheLastTaskEnds) {
  Worker worker("test");
  TaskScope scope;
  int done = 0;
  for (int i = 0; i < 3; ++i) scope.spawn(worker.run([&done] { return ++done; }));
  EXPECT_EQ(scope.running(), 3);

  test::await(scope.drained());

  EXPECT_EQ(done, 3);
  EXPECT_EQ(scope.running(), 0);
}

TEST(Launch, DoesNotCallForADeadContext) {
  Worker worker("test");
  auto context = std::make_unique<QObject>();
  bool called = false;
  launch(context.get(), worker.run([] { return 1; }), [&](int) { called = true; });
  context.reset();

  test::await(worker.run([] { return 2; }));

  EXPECT_FALSE(called);
}

}  // namespace
}  // namespace gx
