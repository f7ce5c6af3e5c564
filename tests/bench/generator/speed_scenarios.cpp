// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/bench/generator/scenarios.h"

namespace gx::bench {

namespace {

constexpr double kConnectLimit = 120;
constexpr double kDrainLimit = 20;

double microsecondsEach(double seconds, std::uint64_t count) {
  return count == 0 ? 0 : seconds * 1e6 / static_cast<double>(count);
}

bool isClean(const Crowd &crowd) {
  const Crowd::Tally &tally = crowd.tally();
  return tally.refused == 0 && tally.disordered == 0 && tally.skipped == 0 && tally.ended == 0;
}

}  // namespace

int runClosed(BenchRun &run) {
  const int count = run.options().whole("connections", 100);
  const std::uint64_t copies = run.options().text("talk") == "echo" ? 0 : 1;
  const std::unique_ptr<Dialect> dialect = run.dialect();
  Crowd crowd(run.polls(), *dialect, run.crowd(count));
  if (!crowd.connectAll(kConnectLimit)) return BenchRun::fail("could not connect all");
  bool isRunning = true;
  crowd.accepted = [&](int client) {
    if (isRunning) crowd.send(client, client ^ 1);
  };
  for (int i = 0; i < run.options().whole("inflight", 1); ++i)
    for (int client = 0; client < count; ++client) crowd.send(client, client ^ 1);
  run.turnFor(run.warmSeconds());
  crowd.forgetLatencies();
  const std::uint64_t before = crowd.tally().accepted;
  const double cpu = run.measure(run.seconds());
  const std::uint64_t messages = crowd.tally().accepted - before;
  run.report().add("messages", static_cast<double>(messages));
  run.report().add("per_second", static_cast<double>(messages) / run.seconds());
  run.report().add("cpu_us_each", microsecondsEach(cpu, messages));
  run.addLatency("delivery", crowd.deliveries());
  run.addLatency("ack", crowd.acks());
  isRunning = false;
  const bool isWhole = crowd.drain(kDrainLimit, copies) && isClean(crowd);
  run.addTally(crowd, copies);
  return run.finish(isWhole);
}

int runFanOut(BenchRun &run) {
  const int size = run.options().whole("room-size", 500);
  const auto others = static_cast<std::uint64_t>(size - 1);
  const std::unique_ptr<Dialect> dialect = run.dialect(0, size);
  Crowd crowd(run.polls(), *dialect, run.crowd(size));
  if (!crowd.connectAll(kConnectLimit)) return BenchRun::fail("could not connect all");
  bool isRunning = true;
  std::uint64_t arrived = 0;
  crowd.delivered = [&](int) {
    if (++arrived % others == 0 && isRunning) crowd.send(0, 0);
  };
  for (int i = 0; i < run.options().whole("inflight", 1); ++i) crowd.send(0, 0);
  run.turnFor(run.warmSeconds());
  const std::uint64_t before = crowd.tally().delivered;
  const double cpu = run.measure(run.seconds());
  const std::uint64_t deliveries = crowd.tally().delivered - before;
  run.report().add("messages", static_cast<double>(deliveries));
  run.report().add("per_second", static_cast<double>(deliveries) / run.seconds());
  run.report().add("cpu_us_each", microsecondsEach(cpu, deliveries));
  isRunning = false;
  const bool isWhole = crowd.drain(kDrainLimit, others) && isClean(crowd);
  run.addTally(crowd, others);
  return run.finish(isWhole);
}

int runPaced(BenchRun &run) {
  const int active = run.options().whole("connections", 500);
  const int idle = run.options().whole("idle", 5000);
  const std::unique_ptr<Dialect> dialect = run.dialect();
  const double memoryBefore = run.meter().anonymousKib();
  Crowd crowd(run.polls(), *dialect, run.crowd(active + idle));
  Canary canary(run, active + idle);
  if (!crowd.connectAll(kConnectLimit) || !canary.connect()) return BenchRun::fail("could not connect all");
  const double memoryConnected = run.meter().anonymousKib();
  Pacer pacer(run.options().number("rate", 2000));
  int next = 0;
  const auto step = [&]() -> std::uint64_t {
    for (; pacer.isDue(); next = (next + 1) % active) crowd.send(next, next ^ 1);
    return std::min(pacer.wait(), canary.step());
  };
  run.turnFor(run.warmSeconds(), step);
  crowd.forgetLatencies();
  canary.crowd().forgetLatencies();
  const std::uint64_t before = crowd.tally().accepted + canary.crowd().tally().accepted;
  const double cpu = run.measure(run.seconds(), step);
  const std::uint64_t messages = crowd.tally().accepted + canary.crowd().tally().accepted - before;
  run.report().add("messages", static_cast<double>(messages));
  run.report().add("per_second", static_cast<double>(messages) / run.seconds());
  run.report().add("cpu_us_each", microsecondsEach(cpu, messages));
  run.addLatency("delivery", crowd.deliveries());
  run.addLatency("ack", crowd.acks());
  run.addLatency("canary", canary.crowd().deliveries());
  run.report().add("memory_before_kib", memoryBefore);
  run.report().add("memory_connected_kib", memoryConnected);
  run.report().add("memory_after_kib", run.meter().anonymousKib());
  const bool isWhole = crowd.drain(kDrainLimit) && canary.crowd().drain(kDrainLimit) && isClean(crowd);
  run.addTally(crowd, 1);
  return run.finish(isWhole && isClean(canary.crowd()));
}

int runConnect(BenchRun &run) {
  const int warm = run.options().whole("warm-connections", 500);
  const int count = run.options().whole("connections", 10'000) - warm;
  const std::unique_ptr<Dialect> warmDialect = run.dialect();
  const std::unique_ptr<Dialect> dialect = run.dialect(warm);
  Crowd first(run.polls(), *warmDialect, run.crowd(warm));
  if (!first.connectAll(kConnectLimit)) return BenchRun::fail("could not connect the first");
  run.turnFor(run.warmSeconds());
  Crowd crowd(run.polls(), *dialect, run.crowd(count, warm));
  const double memory = run.meter().anonymousKib();
  const double cpu = run.meter().cpuSeconds();
  const std::uint64_t begin = PollSet::now();
  if (!crowd.connectAll(kConnectLimit)) return BenchRun::fail("could not connect all");
  const double took = static_cast<double>(PollSet::now() - begin) / 1e9;
  const double used = run.meter().cpuSeconds() - cpu;
  run.turnFor(run.warmSeconds());
  const double each = (run.meter().anonymousKib() - memory) / count;
  run.report().add("connections", count);
  run.report().add("per_second", count / took);
  run.report().add("cpu_us_each", used * 1e6 / count);
  run.report().add("kib_each", each);
  run.report().add("memory_kib", run.meter().anonymousKib());
  return run.finish(crowd.tally().ended == 0 && first.tally().ended == 0);
}

}  // namespace gx::bench
