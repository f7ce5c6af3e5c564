# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Alice behind a network that misbehaves, Bob beside the relay: whole conversations over bad networks, and outages with the
bounds within which the client must say that it is offline and be back."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass
from typing import Coroutine, Sequence

from harness.fault_proxy import Faults
from harness.table import Row
from harness.world import World
from outages import OUTAGES, Scene

_MESSAGES = 15  # each way over every network
_SLOW_READER = "a client that reads 1 B/s"
_SLOW = 60.0  # s, longer than the heartbeat
_LARGE = "x" * 32_000


@dataclass(frozen=True)
class Network:
    what: str
    faults: Faults
    options: tuple[str, ...] = ()  # of Alice's gx-cli
    seconds: float = 90.0  # at most, for all to arrive
    is_quick: bool = False  # part of the short run


NETWORKS = (
    Network("2 s round trip", Faults(delay=1.0), seconds=180),
    Network("3 % loss", Faults(delay=0.02, loss=0.03)),
    Network("16 KiB/s", Faults(bytes_per_second=16 * 1024), seconds=180),
    Network("cut in the midst of a frame, again and again", Faults(cut_after=(2_000, 40_000)), seconds=240, is_quick=True),
    Network("every POST delivered twice, polling", Faults(repeats_posts=True), ("--transport", "polling"), is_quick=True),
    Network("polling only", Faults(upgrade="refused"), ("--transport", "polling"), is_quick=True),
    Network("the upgrade is refused", Faults(upgrade="refused"), is_quick=True),
    Network("the upgrade hangs", Faults(upgrade="hangs")),
)  # fmt: skip


async def converse(scene: Scene, network: Network, row: Row) -> None:
    """Both talk at once over the bad network; it stays bad until all has arrived."""
    alice, bob = scene.alice, scene.bob
    await alice.stop()
    scene.proxy.faults = network.faults
    begun = time.monotonic()
    alice.options = [*scene.options, *network.options]
    await alice.listen(wait=False)
    for number in range(_MESSAGES):
        for device in (alice, bob):
            scene.talk.say(device, f"{network.what} {number}")
    await scene.world.settle(network.seconds)
    row.times += 1
    row.worst("all delivered after", time.monotonic() - begun)
    await alice.stop()
    scene.proxy.heal()
    alice.options = scene.options
    await alice.listen()


async def slow_reader(scene: Scene, row: Row) -> None:
    """Alice takes one byte a second; nobody else notices, and her mail is kept until she can read."""
    scene.proxy.faults = Faults(slow_read=1.0)
    said = [scene.talk.say(scene.bob, f"long {number} {_LARGE}") for number in range(100)]
    await scene.bob.until(lambda: all(scene.bob.states.get(text) in ("sent", "delivered") for text in said), 120, "for it to leave")
    await asyncio.sleep(_SLOW)
    scene.proxy.heal()
    await scene.world.settle(120)
    row.times += 1


async def run(rounds: int, seed: int, quick: bool = False, only: Sequence[str] = ()) -> list[Row]:
    rows: dict[str, Row] = {}

    def is_wanted(what: str, is_quick: bool) -> bool:
        return (is_quick or not quick) and (not only or any(part in what for part in only))

    async with World() as world:
        scene = Scene(world, seed)
        await scene.open(time_scale=0.2 if quick else 1.0)
        for _ in range(rounds):
            for network in NETWORKS:
                if is_wanted(network.what, network.is_quick):
                    await _timed(network.what, converse(scene, network, rows.setdefault(network.what, Row(network.what))))
            for outage in OUTAGES:
                if is_wanted(outage.what, outage.is_quick):
                    await _timed(outage.what, scene.outage(outage, rows.setdefault(outage.what, Row(outage.what))))
            if is_wanted(_SLOW_READER, False):
                await _timed(_SLOW_READER, slow_reader(scene, rows.setdefault(_SLOW_READER, Row(_SLOW_READER))))
        await scene.close()
        report = world.check()
        for row in rows.values():
            row.take(report)
        if report.violations:
            print(report.text(world.history))
    return list(rows.values())


async def _timed(what: str, doing: Coroutine[None, None, None]) -> None:
    begun = time.monotonic()
    await doing
    print(f"{what}: {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)
