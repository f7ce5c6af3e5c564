// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/retry.h"

#include <gtest/gtest.h>

#include "tests/support/fixed_random.h"

namespace gx {
namespace {

using namespace std::chrono_literals;

TEST(Retry, DoublesUpToTheCapWithinHalf) {
  test::FixedRandom random;
  Retry retry(random, 1s, 60s);

  auto middle = 1000ms;
  for (int i = 0; i < 40; ++i) {
    const auto delay = retry.next();
    EXPECT_GE(delay, middle / 2);
    EXPECT_LE(delay, middle / 2 * 3);
    middle = std::min<std::chrono::milliseconds>(60s, middle * 2);
  }
}

TEST(Retry, StartsAgainAfterReset) {
  test::FixedRandom random;
  Retry retry(random, 1s, 60s);
  for (int i = 0; i < 10; ++i) static_cast<void>(retry.next());

  retry.reset();

  EXPECT_EQ(retry.tries(), 0);
  EXPECT_LE(retry.next(), 1500ms);
}

}  // namespace
}  // namespace gx
