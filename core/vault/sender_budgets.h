// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <map>

#include "core/base/clock.h"
#include "core/model/device_address.h"

namespace gx::vault {

// What one sender may cost us a minute, so that letters which do not open are not amplified: retry requests of ours,
// and time spent on opening (SECURITY.md 3.0.7). Counted from the opening of the vault on. Vault thread.
class SenderBudgets final {
 public:
  static constexpr int kAsksPerMinute = 5;                          // of one sending device
  static constexpr std::chrono::milliseconds kTimePerMinute{2000};  // of one account
  // An honest letter takes about one; only what takes longer is counted.
  static constexpr std::chrono::milliseconds kFreePerLetter{20};

  explicit SenderBudgets(const Clock &clock) : m_clock(clock) {}

  // True, and counted, if this device may be asked for a letter now.
  [[nodiscard]] bool takeAsk(const model::DeviceAddress &device);
  // False while the account has used up its time.
  [[nodiscard]] bool mayOpen(UserId user);
  void charge(UserId user, std::chrono::milliseconds time);

 private:
  static constexpr std::size_t kMostSenders = 1000;  // more than a relay lets talk to one device in a minute

  struct Bucket {
    qint64 level = 0;
    SteadyTime since{};
  };
  template <typename Key>
  [[nodiscard]] Bucket &filled(std::map<Key, Bucket> &buckets, const Key &key, qint64 capacity);

  const Clock &m_clock;
  std::map<model::DeviceAddress, Bucket> m_asks;  // thousandths of an ask
  std::map<UserId, Bucket> m_time;                // milliseconds
};

}  // namespace gx::vault
