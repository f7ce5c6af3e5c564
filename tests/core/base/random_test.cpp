// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/support/fixed_random.h"

namespace gx {
namespace {

TEST(OsRandom, FillsAndDiffers) {
  OsRandom random;

  EXPECT_EQ(random.bytes(1000).size(), 1000);
  EXPECT_TRUE(random.bytes(0).isEmpty());
  EXPECT_NE(random.bytes(32), random.bytes(32));
}

TEST(Random, BelowIsEvenAndWithinItsBound) {
  test::FixedRandom random;
  std::map<quint64, int> seen;

  for (int i = 0; i < 6000; ++i) ++seen[random.below(6)];

  ASSERT_EQ(seen.size(), 6U);
  for (const auto &[value, count] : seen) {
    EXPECT_LT(value, 6U);
    EXPECT_NEAR(count, 1000, 150);
  }
  EXPECT_EQ(random.below(1), 0U);
}

}  // namespace
}  // namespace gx
