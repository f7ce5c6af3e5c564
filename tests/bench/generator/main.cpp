// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// load_generator SCENARIO --port N --pids P,… [--name value]…
// Drives one server from one thread and prints what it measured as one JSON object; exit code 1 when a message was
// lost, came twice or out of order. tests/bench/run starts it; see scenarios.h and bench_run.h for the options.
#include <sys/resource.h>

#include <cstdio>

#include "tests/bench/generator/scenarios.h"

namespace {

struct Scenario {
  const char *name;
  int (*run)(gx::bench::BenchRun &);
};
constexpr Scenario kScenarios[] = {
    {"closed", gx::bench::runClosed},   {"fanout", gx::bench::runFanOut}, {"paced", gx::bench::runPaced},
    {"connect", gx::bench::runConnect}, {"rest", gx::bench::runRest},     {"storm", gx::bench::runStorm},
    {"deaf", gx::bench::runDeaf},       {"drain", gx::bench::runDrain},
};

}  // namespace

int main(int argc, char **argv) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  const gx::bench::Options options(argc, argv);
  for (const Scenario &scenario : kScenarios) {
    if (options.scenario() != scenario.name) continue;
    gx::bench::BenchRun run(options);
    return scenario.run(run);
  }
  std::fprintf(stderr, "load_generator: no scenario '%s'\n", options.scenario().c_str());
  return 2;
}
