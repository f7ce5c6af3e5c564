// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/completion.h"

#include <gtest/gtest.h>

#include <QCoroTask>

#include "core/net/next_turn.h"
#include "tests/support/await.h"

namespace gx::net {

namespace {

QCoro::Task<> keepNumber(Completion<int> &completion, int &into) {
  into = co_await completion;
}

QCoro::Task<> markNextTurn(bool &mark) {
  co_await nextTurn();
  mark = true;
}

}  // namespace

TEST(Completion, GoesOnWithTheTaskBeforeFinishReturns) {
  Completion<int> completion;
  int seen = 0;
  const QCoro::Task<> task = keepNumber(completion, seen);
  EXPECT_EQ(seen, 0);

  completion.finish(7);

  EXPECT_EQ(seen, 7);
}

TEST(Completion, KeepsAValueThatCameEarly) {
  Completion<int> completion;
  completion.finish(7);
  EXPECT_TRUE(completion.isFinished());
  int seen = 0;

  const QCoro::Task<> task = keepNumber(completion, seen);

  EXPECT_EQ(seen, 7);
}

TEST(Completion, TakesTheFirstValueOnly) {
  Completion<int> completion;
  completion.finish(1);
  completion.finish(2);
  int seen = 0;

  const QCoro::Task<> task = keepNumber(completion, seen);

  EXPECT_EQ(seen, 1);
}

TEST(NextTurn, GoesOnFromTheEventLoop) {
  bool wentOn = false;
  const QCoro::Task<> task = markNextTurn(wentOn);
  EXPECT_FALSE(wentOn);

  test::waitUntil([&] { return wentOn; });

  EXPECT_TRUE(wentOn);
}

}  // namespace gx::net
