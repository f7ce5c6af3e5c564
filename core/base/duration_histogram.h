// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QtGlobal>
#include <array>
#include <chrono>

namespace gx {

// Counts durations in fixed buckets, for metrics. One thread.
class DurationHistogram final {
 public:
  // Upper bounds in seconds.
  static constexpr std::array<double, 12> kBounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                  0.05,   0.1,   0.25,   0.5,   1,    5};

  void add(std::chrono::nanoseconds duration) {
    const double seconds = std::chrono::duration<double>(duration).count();
    ++m_count;
    m_sum += seconds;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      if (seconds > kBounds[i]) continue;
      ++m_buckets[i];
      return;
    }
  }
  // Durations up to kBounds[bucket].
  [[nodiscard]] quint64 countUpTo(std::size_t bucket) const {
    quint64 sum = 0;
    for (std::size_t i = 0; i <= bucket; ++i) sum += m_buckets[i];
    return sum;
  }
  [[nodiscard]] quint64 count() const { return m_count; }
  [[nodiscard]] double sum() const { return m_sum; }  // seconds

 private:
  std::array<quint64, kBounds.size()> m_buckets{};
  quint64 m_count = 0;
  double m_sum = 0;
};

}  // namespace gx
