// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/cache/local_rate_limiter.h"

#include <gtest/gtest.h>

#include "tests/support/await.h"
#include "tests/support/manual_clock.h"

namespace gx::test {

using server::cache::BucketRules;
using server::cache::LocalRateLimiter;
using server::cache::ruleOf;
using server::cache::standardBucketRules;
using server::domain::Limit;

class LocalRateLimiterTest : public testing::Test {
 protected:
  static BucketRules rules() {
    BucketRules made = standardBucketRules();
    ruleOf(made, Limit::Messages) = {3, std::chrono::seconds(10)};
    return made;
  }
  ManualClock clock;
  LocalRateLimiter limiter{clock, rules(), 100};
};

TEST_F(LocalRateLimiterTest, GivesAFullBucketAndThenOnePermitAtATime) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.takeNow(Limit::Messages, "a")) << i;

  const auto refused = limiter.takeNow(Limit::Messages, "a");

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::RateLimited);
  EXPECT_EQ(refused.error().code, "rate_limited");
  EXPECT_EQ(refused.error().retryAfter, std::chrono::seconds(10));
  clock.advance(std::chrono::seconds(4));
  EXPECT_EQ(limiter.takeNow(Limit::Messages, "a").error().retryAfter, std::chrono::seconds(6));
  clock.advance(std::chrono::seconds(6));
  EXPECT_TRUE(limiter.takeNow(Limit::Messages, "a"));
  EXPECT_FALSE(limiter.takeNow(Limit::Messages, "a"));
}

TEST_F(LocalRateLimiterTest, RefusalsCostNothing) {
  for (int i = 0; i < 3; ++i) static_cast<void>(limiter.takeNow(Limit::Messages, "a"));
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(limiter.takeNow(Limit::Messages, "a"));
  clock.advance(std::chrono::seconds(10));

  EXPECT_TRUE(limiter.takeNow(Limit::Messages, "a"));
}

TEST_F(LocalRateLimiterTest, NeverHoldsMoreThanTheBucket) {
  clock.advance(std::chrono::hours(24));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.takeNow(Limit::Messages, "a"));

  EXPECT_FALSE(limiter.takeNow(Limit::Messages, "a"));
}

TEST_F(LocalRateLimiterTest, KeepsKeysAndLimitsApart) {
  for (int i = 0; i < 3; ++i) static_cast<void>(limiter.takeNow(Limit::Messages, "a"));

  EXPECT_TRUE(limiter.takeNow(Limit::Messages, "b"));
  EXPECT_TRUE(limiter.takeNow(Limit::Linking, "a"));
  EXPECT_FALSE(await(limiter.take(Limit::Messages, "a")));
}

TEST_F(LocalRateLimiterTest, TakesPermitsBack) {
  for (int i = 0; i < 3; ++i) static_cast<void>(limiter.takeNow(Limit::Messages, "a"));
  limiter.giveBack(Limit::Messages, "a");

  EXPECT_TRUE(limiter.takeNow(Limit::Messages, "a"));
  EXPECT_FALSE(limiter.takeNow(Limit::Messages, "a"));
  for (int i = 0; i < 9; ++i) limiter.giveBack(Limit::Messages, "a");
  EXPECT_EQ(limiter.bucketCount(Limit::Messages), 0);  // full again, and no fuller
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.takeNow(Limit::Messages, "a"));
  EXPECT_FALSE(limiter.takeNow(Limit::Messages, "a"));
}

TEST_F(LocalRateLimiterTest, IsBoundedWhateverKeysCome) {
  for (int i = 0; i < 10'000; ++i) {
    static_cast<void>(limiter.takeNow(Limit::Messages, QByteArray::number(i)));
    ASSERT_LE(limiter.bucketCount(Limit::Messages), 101);
  }
}

TEST_F(LocalRateLimiterTest, DropsFullBucketsFirst) {
  for (int i = 0; i < 99; ++i) static_cast<void>(limiter.takeNow(Limit::Messages, QByteArray::number(i)));
  clock.advance(std::chrono::seconds(10));
  for (int i = 0; i < 3; ++i) static_cast<void>(limiter.takeNow(Limit::Messages, "busy"));
  static_cast<void>(limiter.takeNow(Limit::Messages, "one more"));

  EXPECT_LE(limiter.bucketCount(Limit::Messages), 3);
  EXPECT_FALSE(limiter.takeNow(Limit::Messages, "busy"));
}

TEST(BucketRules, AreThoseOfTheTable) {
  BucketRules rules = standardBucketRules();

  EXPECT_EQ(ruleOf(rules, Limit::Messages).permits, 60);
  EXPECT_EQ(ruleOf(rules, Limit::Messages).refill, std::chrono::seconds(1));
  EXPECT_EQ(ruleOf(rules, Limit::PrekeyFetch).permits, 6);
  EXPECT_EQ(ruleOf(rules, Limit::PrekeyFetch).refill, std::chrono::minutes(10));
  EXPECT_EQ(ruleOf(rules, Limit::Linking).permits, 6);
  EXPECT_EQ(ruleOf(rules, Limit::Linking).refill, std::chrono::minutes(2));
  EXPECT_EQ(ruleOf(rules, Limit::Attachments).permits, 50);
  EXPECT_EQ(ruleOf(rules, Limit::Attachments).refill, std::chrono::milliseconds(1200));
  for (const auto &rule : rules) {
    EXPECT_GT(rule.permits, 0);
    EXPECT_GT(rule.refill.count(), 0);
  }
}

TEST(BucketRules, CanBeBoundless) {
  ManualClock clock;
  LocalRateLimiter limiter(clock, server::cache::boundlessBucketRules());

  for (int i = 0; i < 100'000; ++i) ASSERT_TRUE(limiter.takeNow(Limit::Messages, "a"));
}

}  // namespace gx::test
