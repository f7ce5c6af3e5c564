// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/cache/local_rate_limiter.h"

#include <algorithm>

namespace gx::server::cache {

LocalRateLimiter::LocalRateLimiter(Clock &clock, const BucketRules &rules, qsizetype limit)
    : m_clock(clock), m_rules(rules), m_limit(limit) {}

Async<> LocalRateLimiter::take(domain::Limit limit, QByteArray key) {
  co_return takeNow(limit, key);
}

Result<> LocalRateLimiter::takeNow(domain::Limit limit, const QByteArray &key) {
  const auto index = static_cast<std::size_t>(limit);
  const BucketRule &rule = m_rules[index];
  const SteadyTime now = m_clock.steadyNow();
  Buckets &buckets = m_buckets[index];
  const auto found = buckets.constFind(key);
  const SteadyTime fullAt = found == buckets.cend() ? now : std::max(*found, now);
  const SteadyTime next = fullAt + rule.refill;
  const auto wait = next - now - rule.refill * rule.permits;
  if (wait.count() > 0) {
    Error error{ErrorKind::RateLimited, "too often", "rate_limited"};
    error.retryAfter = wait;
    return fail(error);
  }
  buckets.insert(key, next);
  if (buckets.size() > m_limit) makeRoom(buckets);
  return {};
}

void LocalRateLimiter::giveBack(domain::Limit limit, const QByteArray &key) {
  const auto index = static_cast<std::size_t>(limit);
  const auto found = m_buckets[index].find(key);
  if (found == m_buckets[index].end()) return;
  *found -= m_rules[index].refill;
  if (*found <= m_clock.steadyNow()) m_buckets[index].erase(found);
}

qsizetype LocalRateLimiter::bucketCount(domain::Limit limit) const {
  return m_buckets[static_cast<std::size_t>(limit)].size();
}

void LocalRateLimiter::makeRoom(Buckets &buckets) const {
  const SteadyTime now = m_clock.steadyNow();
  buckets.removeIf([now](Buckets::iterator it) { return it.value() <= now; });
  if (buckets.size() > m_limit) buckets.clear();
}

}  // namespace gx::server::cache
