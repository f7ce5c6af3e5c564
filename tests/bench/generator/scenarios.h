// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "tests/bench/generator/bench_run.h"

namespace gx::bench {

// Each is a scenario of load_generator by its name; the exit code.

// --connections N --inflight K: each client writes to its neighbour, the next message when one was acknowledged.
[[nodiscard]] int runClosed(BenchRun &run);
// --room-size M --inflight K: one member writes to all others, the next message when all have one.
[[nodiscard]] int runFanOut(BenchRun &run);
// --connections N --idle I --rate R: R messages a second among N, while I more are connected; a canary beside them.
[[nodiscard]] int runPaced(BenchRun &run);
// --connections N --warm-connections W: what one more connection costs after W are there.
[[nodiscard]] int runConnect(BenchRun &run);
// --connections N --path P [--body BYTES] [--token-of FILE]: HTTP requests on kept connections, one at a time on each.
[[nodiscard]] int runRest(BenchRun &run);
// --connections N: all connect, the relay is restarted by whoever reads our output, all come back at once.
[[nodiscard]] int runStorm(BenchRun &run);
// --readers N --letters L: N clients that do not read get L letters each, are dropped, come back and read them.
[[nodiscard]] int runDeaf(BenchRun &run);
// --letters L: a mailbox of L letters is drained.
[[nodiscard]] int runDrain(BenchRun &run);

}  // namespace gx::bench
