// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include "core/net/completion.h"
#include "core/net/reconnector.h"
#include "tests/support/await.h"
#include "tests/support/fixed_random.h"
#include "tests/support/manual_clock.h"

namespace gx::net {

// Somebody whose tries to connect end as told.
class ReconnectorTest : public ::testing::Test {
 protected:
  ~ReconnectorTest() override { test::await(reconnector.shutdown()); }
  static constexpr std::chrono::milliseconds kTick{10};
  static inline const Error kCut{ErrorKind::Network, "cut", "connection_cut"};
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
    while (tries == before && waited < std::chrono::minutes(10)) {
      clock.advance(kTick);
      waited += kTick;
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

}  // namespace gx::net
