// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <algorithm>
#include <cstdio>
#include <optional>

#include "tests/bench/generator/scenarios.h"

namespace gx::bench {

namespace {

constexpr double kPatience = 180;

// The largest memory seen; looked at once in a while only, because /proc is slow.
class Peak final {
 public:
  explicit Peak(const ProcessMeter &meter) : m_meter(meter) { look(); }
  void look() {
    const std::uint64_t now = PollSet::now();
    if (now < m_next) return;
    m_next = now + 200'000'000;
    m_kib = std::max(m_kib, m_meter.anonymousKib());
  }
  [[nodiscard]] double kib() const { return m_kib; }

 private:
  const ProcessMeter &m_meter;
  std::uint64_t m_next = 0;
  double m_kib = 0;
};

double secondsSince(std::uint64_t begin) {
  return static_cast<double>(PollSet::now() - begin) / 1e9;
}

// Turns with the canary until done() or patience ends.
template <typename Done>
bool turnUntil(BenchRun &run, Canary &canary, Peak &peak, Done done) {
  const std::uint64_t begin = PollSet::now();
  while (!done()) {
    if (secondsSince(begin) > kPatience) return false;
    peak.look();
    run.turnFor(0.02, [&] { return canary.step(); });
  }
  return true;
}

bool isInOrder(const Crowd &crowd) {
  return crowd.tally().disordered == 0 && crowd.tally().skipped == 0 && crowd.tally().refused == 0;
}

}  // namespace

// The canary goes through the restart too: what it sent and was not told of may or may not have arrived.
int runStorm(BenchRun &run) {
  const int count = run.options().whole("connections", 5000);
  const std::unique_ptr<Dialect> dialect = run.dialect();
  Crowd::Options options = run.crowd(count);
  Crowd crowd(run.polls(), *dialect, options);
  if (!crowd.connectAll(kPatience)) return BenchRun::fail("could not connect all");
  for (int client = 0; client < count; ++client) crowd.send(client, client ^ 1);
  std::printf("connected\n");
  std::fflush(stdout);
  const std::uint64_t waiting = PollSet::now();
  while (crowd.tally().ended < static_cast<std::uint64_t>(count)) {
    if (secondsSince(waiting) > kPatience) return BenchRun::fail("the relay was not restarted");
    run.polls().turn(10'000'000);
  }
  const std::uint64_t down = PollSet::now();
  std::uint64_t up = 0;
  std::optional<Canary> canary;  // two that are back early and talk while the others still come
  while (crowd.readyCount() < count) {
    if (secondsSince(down) > kPatience) return BenchRun::fail("not all came back");
    crowd.connectSome();
    run.polls().turn(canary ? std::min<std::uint64_t>(canary->step(), 5'000'000) : 5'000'000);
    if (up != 0 || crowd.readyCount() == 0) continue;
    up = PollSet::now();
    canary.emplace(run, count);
    if (!canary->connect()) return BenchRun::fail("the canary could not connect");
  }
  run.report().add("back_seconds", secondsSince(up));
  if (!canary->crowd().drain(kPatience)) return BenchRun::fail("the canary lost a message");
  run.addLatency("canary", canary->crowd().deliveries());
  const std::uint64_t unanswered = crowd.tally().sent - crowd.tally().accepted - crowd.tally().refused;
  const bool hasAll = crowd.tally().delivered >= crowd.tally().accepted || crowd.drain(kPatience);
  run.report().add("unanswered_at_restart", static_cast<double>(unanswered));
  const Crowd::Tally &tally = crowd.tally();
  const bool isWhole =
      hasAll && isInOrder(canary->crowd()) && tally.disordered == 0 && tally.delivered <= tally.accepted + unanswered;
  run.addTally(crowd, 1);
  return run.finish(isWhole);
}

int runDeaf(BenchRun &run) {
  const int readers = run.options().whole("readers", 1000);
  const int letters = run.options().whole("letters", 20);
  const std::unique_ptr<Dialect> dialect = run.dialect();
  Crowd::Options options = run.crowd(2 * readers);
  options.address.isNarrow = true;
  Crowd crowd(run.polls(), *dialect, options);
  Canary canary(run, 2 * readers);
  if (!crowd.connectAll(kPatience) || !canary.connect()) return BenchRun::fail("could not connect all");
  for (int i = 0; i < readers; ++i) crowd.stopReading(2 * i);
  Peak peak(run.meter());
  const double before = peak.kib();
  std::vector<int> left(static_cast<std::size_t>(2 * readers), letters);
  int started = 0;
  // So many at a time: it is not the disk that is to be tried here.
  const auto startNext = [&] {
    if (started == readers) return;
    const int reader = 2 * started++;
    crowd.send(reader + 1, reader);
  };
  crowd.accepted = [&](int client) {
    if (--left[static_cast<std::size_t>(client)] > 0) return crowd.send(client, client ^ 1);
    startNext();
  };
  for (int i = 0; i < run.options().whole("senders", 20); ++i) startNext();
  const auto all = static_cast<std::uint64_t>(readers) * static_cast<std::uint64_t>(letters);
  const auto isTaken = [&] { return crowd.tally().accepted + crowd.tally().refused >= all; };
  if (!turnUntil(run, canary, peak, isTaken)) return BenchRun::fail("the letters were not taken");
  run.addLatency("canary", canary.crowd().deliveries());
  run.report().add("memory_before_kib", before);
  run.report().add("memory_peak_kib", peak.kib());
  run.report().add("kib_each", (peak.kib() - before) / readers);
  run.turnFor(run.options().number("stall", 66), [&] { return canary.step(); });
  run.report().add("memory_dropped_kib", run.meter().anonymousKib());
  // Who was dropped reads what the kernel still had, and then the end.
  for (int i = 0; i < readers; ++i) crowd.resumeReading(2 * i);
  const auto areDropped = [&] { return crowd.tally().ended >= static_cast<std::uint64_t>(readers); };
  if (!turnUntil(run, canary, peak, areDropped)) return BenchRun::fail("the deaf were not dropped");
  const auto isRead = [&] {
    crowd.connectSome();
    return crowd.tally().delivered >= crowd.tally().accepted;
  };
  const bool isWhole = turnUntil(run, canary, peak, isRead);
  run.addTally(crowd, 1);
  return run.finish(isWhole && isInOrder(crowd) && isInOrder(canary.crowd()));
}

// Several write to one who is away, because nobody may fill somebody else's mailbox alone.
int runDrain(BenchRun &run) {
  const int people = run.options().whole("people-of-star", 10);
  const int letters = run.options().whole("letters", 10'000);
  const std::unique_ptr<Dialect> dialect = run.dialect();
  Crowd crowd(run.polls(), *dialect, run.crowd(people));
  Canary canary(run, people);
  crowd.hold(0);
  crowd.connectSome();
  Peak peak(run.meter());
  if (!canary.connect() || !turnUntil(run, canary, peak, [&] { return crowd.readyCount() == people - 1; }))
    return BenchRun::fail("could not connect");
  int left = letters;
  const auto sendNext = [&](int client) {
    if (left-- > 0) crowd.send(client, 0);
  };
  crowd.accepted = sendNext;
  for (int i = 0; i < 8 * (people - 1); ++i) sendNext(1 + i % (people - 1));
  const auto all = static_cast<std::uint64_t>(letters);
  const auto isFull = [&] { return crowd.tally().accepted + crowd.tally().refused >= all; };
  if (!turnUntil(run, canary, peak, isFull)) return BenchRun::fail("the letters were not taken");
  run.report().add("memory_before_kib", run.meter().anonymousKib());
  canary.crowd().forgetLatencies();
  const double cpu = run.meter().cpuSeconds();
  const std::uint64_t begin = PollSet::now();
  crowd.release(0);
  crowd.connectSome();
  const auto isEmpty = [&] { return crowd.tally().delivered >= crowd.tally().accepted; };
  const bool isWhole = turnUntil(run, canary, peak, isEmpty);
  run.report().add("drain_seconds", secondsSince(begin));
  run.report().add("cpu_us_each", (run.meter().cpuSeconds() - cpu) * 1e6 / letters);
  run.report().add("memory_peak_kib", peak.kib());
  run.addLatency("canary", canary.crowd().deliveries());
  run.addTally(crowd, 1);
  return run.finish(isWhole && isInOrder(crowd) && isInOrder(canary.crowd()));
}

}  // namespace gx::bench
