// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/bench/generator/bench_run.h"

#include <algorithm>
#include <cstdio>

namespace gx::bench {

namespace {

constexpr std::uint64_t kLongestWait = 10'000'000;
constexpr double kCanaryPerSecond = 50;

}  // namespace

BenchRun::BenchRun(const Options &options) : m_options(options), m_meter(options.list("pids")) {}

std::unique_ptr<Dialect> BenchRun::dialect(int first, int roomSize) const {
  const std::string talk = m_options.text("talk", "relay");
  if (talk == "product")
    return makeProductDialect({.peopleFile = m_options.text("people"),
                               .cipherBytes = m_options.whole("cipher", 384),
                               .thanksEvery = m_options.whole("thanks-every", 1),
                               .first = first});
  return makePlainDialect({.event = talk == "echo" ? "message" : talk, .roomSize = roomSize, .first = first});
}

Crowd::Options BenchRun::crowd(int count, int first) const {
  Crowd::Options crowd;
  crowd.address.port = static_cast<std::uint16_t>(m_options.whole("port", 0));
  crowd.address.source = first;
  crowd.count = count;
  return crowd;
}

void BenchRun::turnFor(double seconds, const std::function<std::uint64_t()> &step) {
  const std::uint64_t end = PollSet::now() + static_cast<std::uint64_t>(seconds * 1e9);
  for (std::uint64_t now = PollSet::now(); now < end; now = PollSet::now()) {
    const std::uint64_t wait = step ? step() : kLongestWait;
    m_polls.turn(std::min({wait, kLongestWait, end - now}));
  }
}

double BenchRun::measure(double seconds, const std::function<std::uint64_t()> &step) {
  const double cpu = m_meter.cpuSeconds();
  const std::uint64_t begin = PollSet::now();
  turnFor(seconds, step);
  const double took = static_cast<double>(PollSet::now() - begin) / 1e9;
  const double used = m_meter.cpuSeconds() - cpu;
  m_report.add("seconds", took);
  m_report.add("cpu_seconds", used);
  return used;
}

void BenchRun::addTally(const Crowd &crowd, std::uint64_t copies, const std::string &prefix) {
  const Crowd::Tally &tally = crowd.tally();
  const double missing = static_cast<double>(tally.accepted * copies) - static_cast<double>(tally.delivered);
  m_report.add(prefix + "sent", static_cast<double>(tally.sent));
  m_report.add(prefix + "unanswered", static_cast<double>(tally.sent - tally.accepted - tally.refused));
  m_report.add(prefix + "refused", static_cast<double>(tally.refused));
  m_report.add(prefix + "lost", std::max(0.0, missing));
  m_report.add(prefix + "disordered", static_cast<double>(tally.disordered + tally.skipped));
  m_report.add(prefix + "ended", static_cast<double>(tally.ended));
}

void BenchRun::addLatency(const std::string &name, const LatencyHistogram &latency) {
  m_report.add(name + "_p50_us", latency.microsecondsAt(0.5));
  m_report.add(name + "_p99_us", latency.microsecondsAt(0.99));
  m_report.add(name + "_max_us", latency.microsecondsAt(1));
}

int BenchRun::finish(bool isWhole) {
  m_report.add("whole", isWhole ? 1 : 0);
  m_report.print();
  return isWhole ? 0 : 1;
}

int BenchRun::fail(const char *why) {
  std::fprintf(stderr, "load_generator: %s\n", why);
  return 1;
}

Canary::Canary(BenchRun &run, int first)
    : m_dialect(run.dialect(first)), m_crowd(run.polls(), *m_dialect, run.crowd(2, first)), m_pacer(kCanaryPerSecond) {}

std::uint64_t Canary::step() {
  while (m_pacer.isDue()) {
    if (m_crowd.readyCount() < 2) continue;
    m_crowd.send(m_next, m_next ^ 1);
    m_next ^= 1;
  }
  return m_pacer.wait();
}

}  // namespace gx::bench
