// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/duration_histogram.h"

#include <gtest/gtest.h>

namespace gx {

TEST(DurationHistogram, CountsCumulatively) {
  DurationHistogram durations;

  durations.add(std::chrono::microseconds(100));
  durations.add(std::chrono::microseconds(500));
  durations.add(std::chrono::milliseconds(2));
  durations.add(std::chrono::seconds(60));

  EXPECT_EQ(durations.countUpTo(0), 2U);
  EXPECT_EQ(durations.countUpTo(1), 2U);
  EXPECT_EQ(durations.countUpTo(2), 3U);
  EXPECT_EQ(durations.countUpTo(DurationHistogram::kBounds.size() - 1), 3U);
  EXPECT_EQ(durations.count(), 4U);
  EXPECT_NEAR(durations.sum(), 60.0026, 1e-9);
}

}  // namespace gx
