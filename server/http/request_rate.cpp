// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/request_rate.h"

#include <algorithm>

namespace gx::server::http {

namespace {

constexpr double kPerSecond = 50;
constexpr double kBurst = 500;
constexpr qsizetype kMostBuckets = 100'000;

}  // namespace

Result<> RequestRate::takeFor(DeviceId device) {
  return take(m_devices, device);
}

Result<> RequestRate::takeFor(const net::PeerAddress &stranger) {
  const auto key = stranger.limitKey();
  return take(m_addresses, QByteArray(reinterpret_cast<const char *>(key.data()), qsizetype(key.size())));
}

template <typename Key>
Result<> RequestRate::take(QHash<Key, SteadyTime> &buckets, const Key &key) {
  const SteadyTime now = m_clock.steadyNow();
  if (buckets.size() >= kMostBuckets) buckets.removeIf([now](const auto &entry) { return entry.value() <= now; });
  if (buckets.size() >= kMostBuckets)
    buckets.clear();  // all of them busy: rather let some more through than keep all out
  using Millis = std::chrono::duration<double, std::milli>;
  const auto each = std::chrono::ceil<std::chrono::milliseconds>(Millis(1000 / (kPerSecond * std::min(m_scale, 20.0))));
  const auto whole = std::chrono::ceil<std::chrono::milliseconds>(each * (kBurst * m_scale));
  SteadyTime &full = buckets[key];
  full = std::max(full, now) + each;
  if (full - now <= whole) return {};
  full -= each;
  return fail(Error{ErrorKind::RateLimited, "too many requests", "rate_limited", each});
}

}  // namespace gx::server::http
