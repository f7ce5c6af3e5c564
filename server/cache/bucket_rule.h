// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <array>
#include <chrono>

#include "server/domain/rate_limiter.h"

namespace gx::server::cache {

// A bucket of `permits`, refilled by one each `refill`.
struct BucketRule {
  int permits = 0;
  std::chrono::milliseconds refill{0};
};

// One rule for each domain::Limit.
using BucketRules = std::array<BucketRule, domain::kLimitCount>;

// RELIABILITY.md 1 and SECURITY.md 3: what a relay starts with; configuration may change single rules.
[[nodiscard]] BucketRules standardBucketRules();
// No limit ever met: for benches of other parts.
[[nodiscard]] BucketRules boundlessBucketRules();

[[nodiscard]] inline BucketRule &ruleOf(BucketRules &rules, domain::Limit limit) {
  return rules[static_cast<std::size_t>(limit)];
}

}  // namespace gx::server::cache
