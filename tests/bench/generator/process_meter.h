// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

namespace gx::bench {

// What the measured processes use, their descendants included (Postgres works in children).
class ProcessMeter final {
 public:
  explicit ProcessMeter(std::vector<int> processes) : m_roots(std::move(processes)) {}

  // Processor time of all threads that still run, from /proc/PID/task/*/schedstat (nanoseconds there).
  [[nodiscard]] double cpuSeconds() const;
  // Resident anonymous memory, from /proc/PID/status.
  [[nodiscard]] double anonymousKib() const;
  // All that is resident; shared pages are counted once for each process.
  [[nodiscard]] double residentKib() const;

 private:
  [[nodiscard]] std::vector<int> all() const;

  std::vector<int> m_roots;
};

}  // namespace gx::bench
