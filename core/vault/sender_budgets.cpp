// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/sender_budgets.h"

#include <algorithm>

namespace gx::vault {

namespace {
constexpr qint64 kAsk = 1000;
constexpr qint64 kMinute = 60'000;  // ms
}  // namespace

// Full at first, and full again after a minute.
template <typename Key>
SenderBudgets::Bucket &SenderBudgets::filled(std::map<Key, Bucket> &buckets, const Key &key, qint64 capacity) {
  const SteadyTime now = m_clock.steadyNow();
  if (buckets.size() >= kMostSenders)
    std::erase_if(buckets, [now](const auto &entry) { return (now - entry.second.since).count() >= kMinute; });
  const auto [found, isNew] = buckets.try_emplace(key, Bucket{capacity, now});
  Bucket &bucket = found->second;
  const qint64 elapsed = std::clamp<qint64>((now - bucket.since).count(), 0, kMinute);
  const qint64 gained = capacity * elapsed / kMinute;
  if (gained == 0 && !isNew) return bucket;  // what is not whole yet goes on counting
  bucket.level = std::min(capacity, bucket.level + gained);
  // Of what was no whole unit nothing is lost.
  bucket.since =
      bucket.level == capacity ? now : now - std::chrono::milliseconds(elapsed - gained * kMinute / capacity);
  return bucket;
}

bool SenderBudgets::takeAsk(const model::DeviceAddress &device) {
  Bucket &bucket = filled(m_asks, device, kAsksPerMinute * kAsk);
  if (bucket.level < kAsk) return false;
  bucket.level -= kAsk;
  return true;
}

bool SenderBudgets::mayOpen(UserId user) {
  return filled(m_time, user, kTimePerMinute.count()).level > 0;
}

// At most a minute's worth of debt: a single letter that hung must not silence its sender for long.
void SenderBudgets::charge(UserId user, std::chrono::milliseconds time) {
  if (time <= kFreePerLetter) return;
  Bucket &bucket = filled(m_time, user, kTimePerMinute.count());
  bucket.level = std::max<qint64>(1 - kTimePerMinute.count(), bucket.level - (time - kFreePerLetter).count());
}

}  // namespace gx::vault
