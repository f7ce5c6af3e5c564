// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>
#include <array>

#include "core/base/clock.h"
#include "server/cache/bucket_rule.h"

namespace gx::server::cache {

// Token buckets in this process. A bucket that is full again is not kept; beyond `limit` buckets of one kind the full
// ones are dropped, and if that is not enough all of that kind: an attacker with many keys gains a fresh bucket, never
// our memory.
class LocalRateLimiter final : public domain::RateLimiter {
 public:
  explicit LocalRateLimiter(Clock &clock, const BucketRules &rules = standardBucketRules(), qsizetype limit = 100'000);

  [[nodiscard]] Async<> take(domain::Limit limit, QByteArray key) override;
  [[nodiscard]] Result<> takeNow(domain::Limit limit, const QByteArray &key) override;
  void giveBack(domain::Limit limit, const QByteArray &key) override;
  [[nodiscard]] qsizetype bucketCount(domain::Limit limit) const;

 private:
  // Generic cell rate: a bucket is the moment at which it is full again.
  using Buckets = QHash<QByteArray, SteadyTime>;
  void makeRoom(Buckets &buckets) const;

  Clock &m_clock;
  BucketRules m_rules;
  qsizetype m_limit;
  std::array<Buckets, domain::kLimitCount> m_buckets;
};

}  // namespace gx::server::cache
