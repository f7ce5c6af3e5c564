// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/call_queue.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/await.h"

namespace gx {
namespace {

TEST(CallQueue, RunsCallsOfOtherThreadsInOrder) {
  CallQueue queue;
  std::vector<int> seen;
  std::thread other([&] {
    for (int i = 0; i < 1000; ++i) queue.post([&seen, i] { seen.push_back(i); });
  });

  EXPECT_TRUE(test::waitUntil([&] { return seen.size() == 1000; }));
  other.join();
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
}

TEST(CallQueue, TakesCallsFromWithinACall) {
  CallQueue queue;
  int depth = 0;
  std::function<void()> again = [&] {
    if (++depth < 5) queue.post(again);
  };
  queue.post(again);

  EXPECT_TRUE(test::waitUntil([&] { return depth == 5; }));
}

TEST(CallQueue, DropsWhatIsQueuedWhenItDies) {
  bool called = false;
  {
    CallQueue queue;
    queue.post([&] { called = true; });
  }
  QCoreApplication::processEvents();

  EXPECT_FALSE(called);
}

}  // namespace
}  // namespace gx
