# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""What is measured for speed, and what each figure must be: the targets of the speed table in tests/README.md."""

import dataclasses
import subprocess

from . import servers


# A relay inserts message, letter and receipt; besides, it deletes the letter and changes the message and a mailbox head.
ROWS_OF_A_RELAY = 3


@dataclasses.dataclass(frozen=True)
class Figure:
    text: str
    value: callable  # of (ours, peer), the figures of one round
    floor: float
    aim: float
    higher: bool = True  # is better
    unit: str = "x"


@dataclasses.dataclass(frozen=True)
class Measurement:
    name: str
    figures: tuple
    ours: callable  # () → figures of one round
    peer: callable = None


def times_less_cpu(ours, peer):
    return peer["cpu_us_each"] / ours["cpu_us_each"]


def share_of_cpu(ours, peer):
    return ours["cpu_us_each"] / peer["cpu_us_each"]


class Speed:
    """Makes the measurements; seconds say how long each takes per server and round."""

    def __init__(self, seconds, warm, postgres):
        self.times = {"seconds": seconds, "warm": warm}
        self.postgres = postgres  # callable: started only when needed

    # one server alone on its core, the generator on the other

    def _core(self, scenario, options):
        options = {**self.times, **options}

        def ours():
            with servers.running(servers.conformance()) as server:
                return servers.load(scenario, server, options, servers.GENERATOR_CORE)

        def peer():
            with servers.running(servers.node("socketio_relay.mjs")) as server:
                return servers.load(scenario, server, options, servers.GENERATOR_CORE)

        return {"ours": ours, "peer": peer}

    # gx-relay with accounts and limits against socket.io and Postgres, on all cores

    def _product(self, scenario, count, options):
        options = {**self.times, "talk": "product", **options}

        def ours():
            accounts = servers.Accounts("relay", count)
            with servers.running(accounts.relay()) as server:
                return servers.load(scenario, server, {"people": accounts.people, **options})

        def peer():
            accounts = servers.Accounts("relay", count)
            postgres = self.postgres()
            options_ = ["--people", accounts.people, "--database", postgres.url]
            with servers.running(servers.node("durable_relay.mjs", *options_, core=None)) as server:
                server.pids.append(postgres.pid)
                return servers.load(scenario, server, {"people": accounts.people, **options})

        return {"ours": ours, "peer": peer}

    @staticmethod
    def _storage():
        done = subprocess.run([servers.tool("storage_bench"), servers.WORK], capture_output=True, text=True)
        return servers.figures_of("storage_bench", done.returncode, done.stdout, done.stderr)

    def all(self):
        closed = {"talk": "relay", "inflight": 1}
        per_cpu = "CPU of Node / ours per message"
        yield Measurement("wide-1000", (Figure(f"relay + ack, 1,000 connections: {per_cpu}", times_less_cpu, 2.5, 3.5),),
                          **self._core("closed", {**closed, "connections": 1000}))  # fmt: skip
        yield Measurement("wide-4000", (Figure(f"relay + ack, 4,000 connections: {per_cpu}", times_less_cpu, 2.5, 3.5),),
                          **self._core("closed", {**closed, "connections": 4000}))  # fmt: skip
        yield Measurement("dense", (Figure(f"relay + ack, 100 × 4 in flight: {per_cpu}", times_less_cpu, 7, 12),),
                          **self._core("closed", {**closed, "connections": 100, "inflight": 4}))  # fmt: skip
        yield Measurement("echo", (Figure(f"ack alone, 100 × 4 in flight: {per_cpu}", times_less_cpu, 5, 9),),
                          **self._core("closed", {"talk": "echo", "connections": 100, "inflight": 4}))  # fmt: skip
        for size, inflight, floor, aim in ((500, 1, 2, 2.6), (1000, 1, 2, 2.6), (500, 4, 4, 6)):
            text = f"fan-out to {size}, {inflight} in flight: CPU of Node / ours per delivery"
            yield Measurement(f"fanout-{size}-{inflight}", (Figure(text, times_less_cpu, floor, aim),),
                              **self._core("fanout", {"talk": "group", "room-size": size, "inflight": inflight}))  # fmt: skip
        yield from self._idle()
        yield from self._durable()
        yield from self._rest()

    def _idle(self):
        yield Measurement("idle-5000", (
            Figure("5,000 idle + 2,000 relays/s: CPU of ours / Node", share_of_cpu, 0.65, 0.45, False),
            Figure("the same: delivery p50", lambda ours, _: ours["delivery_p50_us"], 300, 200, False, "µs"),
        ), **self._core("paced", {"connections": 500, "idle": 5000, "rate": 2000}))  # fmt: skip
        yield Measurement("p99-5000", (
            Figure("5,000 relays/s over 500: p99 of ours / Node",
                   lambda ours, peer: ours["delivery_p99_us"] / peer["delivery_p99_us"], 1.0, 0.5, False),
        ), **self._core("paced", {"connections": 500, "idle": 0, "rate": 5000}))  # fmt: skip
        yield Measurement("connect", (
            Figure("connect + CONNECT: CPU of ours / Node", share_of_cpu, 0.35, 0.15, False),
            Figure("idle connection without account: memory", lambda ours, _: ours["kib_each"], 3, 1.5, False, "KiB"),
        ), **self._core("connect", {"connections": 10_000}))  # fmt: skip
        authenticated = self._product("connect", 10_000, {"connections": 10_000})
        yield Measurement("connect-account", (
            Figure("idle authenticated connection: memory", lambda ours, _: ours["kib_each"], 3, 1.5, False, "KiB"),
        ), ours=authenticated["ours"])  # fmt: skip

    def _durable(self):
        yield Measurement("durable", (
            Figure("durable relay, 200 connections: ours / Node + pg per second",
                   lambda ours, peer: ours["per_second"] / peer["per_second"], 5, 9),
            Figure("the same: CPU of Node + pg / ours per message", times_less_cpu, 5, 9),
        ), **self._product("closed", 200, {"connections": 200, "inflight": 1}))  # fmt: skip
        relay = self._product("closed", 200, {"connections": 200, "inflight": 1})["ours"]

        def with_storage(run):
            return lambda: {**self._storage(), **run()}

        yield Measurement("durable-share", (
            Figure("rows a second that durable relays insert / the bare group writer",
                   lambda ours, _: 100 * ROWS_OF_A_RELAY * ours["per_second"] / ours["rows_per_second"], 60, 85, True, "%"),
        ), ours=with_storage(relay))  # fmt: skip
        paced = self._product("paced", 202, {"connections": 200, "idle": 0, "rate": 5000})["ours"]
        yield Measurement("durable-ack", (
            Figure("durable ack p50 at 5,000/s / fdatasync p50", lambda ours, _: ours["ack_p50_us"] / ours["fdatasync_p50_us"],
                   6, 3.5, False),
        ), ours=with_storage(paced))  # fmt: skip

    def _rest(self):
        for name, options, floor, aim in (("GET", {"path": "/rest"}, 0.8, 0.55), ("POST", {"path": "/rest", "body": 512}, 0.6, 0.35)):
            yield Measurement(f"rest-{name.lower()}", (
                Figure(f"REST {name}, 64 kept connections: CPU of ours / Node", share_of_cpu, floor, aim, False),
            ), **self._core("rest", options))  # fmt: skip
