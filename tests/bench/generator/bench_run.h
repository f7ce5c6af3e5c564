// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <functional>
#include <memory>

#include "tests/bench/generator/crowd.h"
#include "tests/bench/generator/options.h"
#include "tests/bench/generator/process_meter.h"
#include "tests/bench/generator/report.h"

namespace gx::bench {

// What all scenarios have: the server, its processes, the times, the figures.
//   --port N --pids P,…          the server, and whose processor time and memory count
//   --talk relay|echo|group|product  --people FILE --cipher BYTES --thanks-every N
//   --warm S --seconds S         before and while it is measured
class BenchRun final {
 public:
  explicit BenchRun(const Options &options);

  [[nodiscard]] const Options &options() const { return m_options; }
  [[nodiscard]] PollSet &polls() { return m_polls; }
  [[nodiscard]] const ProcessMeter &meter() const { return m_meter; }
  [[nodiscard]] Report &report() { return m_report; }
  [[nodiscard]] double warmSeconds() const { return m_options.number("warm", 1); }
  [[nodiscard]] double seconds() const { return m_options.number("seconds", 2); }

  // For clients from number `first` on.
  [[nodiscard]] std::unique_ptr<Dialect> dialect(int first = 0, int roomSize = 0) const;
  [[nodiscard]] Crowd::Options crowd(int count, int first = 0) const;
  // Turns for so long; `step` is called before each turn and says how long that may wait, in nanoseconds.
  void turnFor(double seconds, const std::function<std::uint64_t()> &step = {});
  // Measures while turning; returns the processor time in seconds.
  double measure(double seconds, const std::function<std::uint64_t()> &step = {});
  // Figures of a crowd; "lost" counts what was accepted and did not arrive.
  void addTally(const Crowd &crowd, std::uint64_t copies, const std::string &prefix = {});
  void addLatency(const std::string &name, const LatencyHistogram &latency);
  // Prints; the exit code.
  [[nodiscard]] int finish(bool isWhole);
  [[nodiscard]] static int fail(const char *why);

 private:
  const Options &m_options;
  PollSet m_polls;
  ProcessMeter m_meter;
  Report m_report;
};

// How many messages are due at a steady rate.
class Pacer final {
 public:
  explicit Pacer(double perSecond) : m_begin(PollSet::now()), m_perSecond(perSecond) {}

  [[nodiscard]] bool isDue() {
    const double due = static_cast<double>(PollSet::now() - m_begin) / 1e9 * m_perSecond;
    if (static_cast<double>(m_done) >= due) return false;
    ++m_done;
    return true;
  }
  // Nanoseconds until the next.
  [[nodiscard]] std::uint64_t wait() const {
    const auto at = m_begin + static_cast<std::uint64_t>(static_cast<double>(m_done) / m_perSecond * 1e9);
    const std::uint64_t now = PollSet::now();
    return at > now ? at - now : 0;
  }

 private:
  std::uint64_t m_begin;
  std::uint64_t m_done = 0;
  double m_perSecond;
};

// Two clients that write to each other at a steady, low rate, whatever else goes on.
class Canary final {
 public:
  // They are the clients `first` and `first` + 1.
  Canary(BenchRun &run, int first);
  [[nodiscard]] bool connect() { return m_crowd.connectAll(60); }
  // Sends what is due; for the steps of a loop. Nanoseconds until the next.
  std::uint64_t step();
  [[nodiscard]] Crowd &crowd() { return m_crowd; }

 private:
  std::unique_ptr<Dialect> m_dialect;
  Crowd m_crowd;
  Pacer m_pacer;
  int m_next = 0;
};

}  // namespace gx::bench
