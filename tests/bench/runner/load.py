# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""The load runs: gx-relay with accounts and limits on, memory bounded, nothing lost, and what the canary saw."""

import json
import os
import signal
import subprocess

from . import servers

CONNECTION_KIB = 3  # of an idle authenticated connection
QUEUE_KIB = 4096  # what one connection may hold for a client that does not read


class Check:
    def __init__(self, name):
        self.name, self.figures, self.bad = name, {}, []

    def expect(self, text, holds):
        if not holds:
            self.bad.append(text)

    def nothing_lost(self, *allowed):
        for what in ("lost", "disordered", "refused", "ended"):
            if what not in allowed:
                self.expect(f"{what} {self.figures[what]:.0f}", self.figures[what] == 0)

    def show(self, words):
        print(f"  {self.name}: {'; '.join(words)}: {'FAILED: ' + ', '.join(self.bad) if self.bad else 'good'}", flush=True)
        return not self.bad


def canary(figures):
    return f"canary p50 {figures['canary_p50_us'] / 1000:.2f} ms, p99 {figures['canary_p99_us'] / 1000:.2f} ms"


def idle(seconds):
    check = Check("10,000 idle + 2,000/s")
    accounts = servers.Accounts("load", 10_502)
    options = {"talk": "product", "people": accounts.people, "connections": 500, "idle": 10_000, "rate": 2000}
    with servers.running(accounts.relay()) as relay:
        check.figures = figures = servers.load("paced", relay, {**options, "seconds": seconds, "warm": 2})
    each = (figures["memory_connected_kib"] - figures["memory_before_kib"]) / 10_502
    growth = (figures["memory_after_kib"] - figures["memory_connected_kib"]) / 1024
    check.nothing_lost()
    check.expect(f"{each:.2f} KiB a connection", each <= CONNECTION_KIB)
    check.expect(f"{figures['per_second']:.0f}/s", figures["per_second"] > 1900)
    return check, [f"{figures['per_second']:,.0f}/s, {figures['cpu_us_each']:.0f} µs CPU each", canary(figures),
                   f"{each:.2f} KiB a connection, {growth:.1f} MiB more under load"]  # fmt: skip


def storm(_seconds):
    check = Check("storm of 5,000 after a restart")
    accounts = servers.Accounts("load", 5_002)
    relay = accounts.relay()
    options = {"talk": "product", "people": accounts.people, "connections": 5_000}
    command = servers.generator_command("storm", relay, options, None)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as generator:
        try:
            if generator.stdout.readline() == "connected\n":
                relay.stop(signal.SIGKILL)
                relay = accounts.relay(port=relay.port)
            output, errors = generator.communicate(timeout=400)
        finally:
            generator.kill()
            memory = peak_kib(relay.process.pid)
            relay.stop()
    check.figures = figures = servers.figures_of("storm", generator.returncode, output, errors)
    check.nothing_lost("ended")
    check.expect(f"peak {memory / 1024:.0f} MiB", memory / 5_000 < 20)
    return check, [f"all back after {figures['back_seconds']:.1f} s", f"{figures['unanswered_at_restart']:.0f} sends unanswered at the kill", canary(figures),
                   f"peak of the new relay {memory / 1024:.0f} MiB"]  # fmt: skip


def deaf(_seconds):
    check = Check("1,000 readers that do not read")
    accounts = servers.Accounts("load", 2_002)
    options = {"talk": "product", "people": accounts.people, "readers": 1_000, "letters": 24, "cipher": 24_576}
    with servers.running(accounts.relay()) as relay:
        check.figures = figures = servers.load("deaf", relay, options)
    check.nothing_lost("ended")
    check.expect(f"{figures['kib_each']:.0f} KiB each", figures["kib_each"] <= 2 * QUEUE_KIB)
    grew, kept = (figures[f"memory_{when}_kib"] - figures["memory_before_kib"] for when in ("peak", "dropped"))
    check.expect(f"{kept / 1024:.0f} MiB kept", kept < grew / 4)
    return check, [f"{figures['kib_each']:.0f} KiB each at the peak", f"{figures['memory_dropped_kib'] / 1024:.0f} MiB once they were dropped",
                   canary(figures), "all letters read after they came back"]  # fmt: skip


def drain(_seconds):
    check = Check("a mailbox of 10,000 drained")
    accounts = servers.Accounts("load", 12, star=10)
    options = {"talk": "product", "people": accounts.people, "letters": 10_000, "thanks-every": 50}
    with servers.running(accounts.relay()) as relay:
        check.figures = figures = servers.load("drain", relay, options)
    growth = (figures["memory_peak_kib"] - figures["memory_before_kib"]) / 1024
    check.nothing_lost()
    check.expect(f"{growth:.0f} MiB more", growth < 16)
    return check, [f"{figures['drain_seconds']:.2f} s, {figures['cpu_us_each']:.0f} µs CPU a letter", canary(figures), f"{growth:.1f} MiB more at the peak"]


def peak_kib(process):
    try:
        with open(f"/proc/{process}/status", encoding="ascii") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


SCENARIOS = {"idle": idle, "storm": storm, "deaf": deaf, "drain": drain}


def run(names, seconds):
    """True when all is bounded and nothing was lost."""
    results, is_good = {}, True
    for name in names or SCENARIOS:
        try:
            check, words = SCENARIOS[name](seconds)
            results[name] = {**check.figures, "bad": check.bad}
            is_good = check.show(words) and is_good
        except servers.Failed as failure:
            print(f"  {name}: FAILED: {failure}", flush=True)
            is_good = False
    with open(os.path.join(servers.WORK, "load.json"), "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)
    return is_good
