// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/callback_result.h"

#include <QCoroTask>

#include "tests/support/await.h"

namespace gx::server::http {

namespace {

QCoro::Task<int> valueOf(std::function<void(CallbackResult<int>::Callback)> start) {
  CallbackResult<int> waiting(std::move(start));
  const int value = co_await waiting;
  co_return value;
}

}  // namespace

TEST(CallbackResult, TakesAValueThatComesAtOnce) {
  EXPECT_EQ(test::await(valueOf([](const CallbackResult<int>::Callback &done) { done(7); })), 7);
}

TEST(CallbackResult, WaitsForAValueThatComesLater) {
  CallbackResult<int>::Callback later;
  QCoro::Task<int> task = valueOf([&](CallbackResult<int>::Callback done) { later = std::move(done); });
  ASSERT_FALSE(task.isReady());

  later(8);

  EXPECT_EQ(test::await(std::move(task)), 8);
}

}  // namespace gx::server::http
