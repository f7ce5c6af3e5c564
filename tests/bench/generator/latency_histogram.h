// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace gx::bench {

// Durations in nanoseconds, in buckets at most 3 % wide.
class LatencyHistogram final {
 public:
  void add(std::uint64_t nanoseconds) {
    ++m_buckets[bucketOf(nanoseconds)];
    ++m_count;
  }
  void clear() { *this = LatencyHistogram(); }
  [[nodiscard]] std::uint64_t count() const { return m_count; }
  // The upper edge of the bucket that holds the given share (0 to 1), in microseconds; 0 without values.
  [[nodiscard]] double microsecondsAt(double share) const {
    if (m_count == 0) return 0;
    const auto wanted = std::min(m_count - 1, static_cast<std::uint64_t>(share * static_cast<double>(m_count)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
      seen += m_buckets[i];
      if (seen > wanted) return static_cast<double>(edgeOf(i)) / 1000.0;
    }
    return 0;
  }

 private:
  static constexpr unsigned kSubBits = 5;
  static constexpr std::size_t kSub = 1U << kSubBits;
  static std::size_t bucketOf(std::uint64_t value) {
    if (value < kSub) return value;
    const unsigned shift = static_cast<unsigned>(std::bit_width(value)) - kSubBits - 1;
    return (shift + 1) * kSub + ((value >> shift) - kSub);
  }
  static std::uint64_t edgeOf(std::size_t bucket) {
    if (bucket < kSub) return bucket;
    const std::size_t shift = bucket / kSub - 1;
    return (static_cast<std::uint64_t>(bucket % kSub + kSub + 1) << shift) - 1;
  }

  std::array<std::uint64_t, 60 * kSub> m_buckets{};
  std::uint64_t m_count = 0;
};

}  // namespace gx::bench
