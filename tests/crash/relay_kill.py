# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""SIGKILL of gx-relay at a moment by chance, while everybody talks; then it starts again on the same store and port."""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import time
from dataclasses import dataclass, field

from harness.table import Row
from harness.world import Talk, World

_AT_ONCE = 4  # programs that start or end at a time
_SAID_IN_A_ROUND = 2  # by each
_LONGEST_LIFE = 5.0  # s of a relay after everybody is back
_QUICK_LIFE = 2.0


@dataclass
class Times:
    """Seconds from the kill."""

    port_open: list[float] = field(default_factory=list)
    all_back: list[float] = field(default_factory=list)

    def notes(self) -> list[str]:
        return [f"port open after {statistics.median(self.port_open):.1f} s (at most {max(self.port_open):.1f})",
                f"all online after {statistics.median(self.all_back):.1f} s (at most {max(self.all_back):.1f})"]


async def open_pairs(world: World, clients: int) -> None:
    """p0 with p1, p2 with p3 …, signed in and listening."""
    await world.relay.start()
    people = [world.person(f"p{i}@gxcoin.test", "phone") for i in range(clients)]
    gate = asyncio.Semaphore(_AT_ONCE)

    async def pair(first: int) -> Talk:
        async with gate:
            one, other = people[first], people[first + 1]
            await one.sign_in()
            await other.sign_in()
            talk = await world.meet([one], [other])
            await one.listen()
            await other.listen()
            return talk

    await asyncio.gather(*(pair(first) for first in range(0, clients, 2)))


async def kill_once(world: World, number: int, life: float, times: Times) -> None:
    """Two thirds of what is said is said before the kill, the rest while nobody can tell the relay."""
    begun = time.monotonic()
    talking = asyncio.create_task(_talk(world, f"{number} before", life))
    await asyncio.sleep(life)
    await world.relay.kill()
    killed = time.monotonic()
    await talking
    _say_all(world, f"{number} without")
    await world.start_relay()
    times.port_open.append(time.monotonic() - killed)
    await world.news.until(lambda: all(person.is_online for person in world.people), 120,
                           lambda: f"offline: {[p.name for p in world.people if not p.is_online]}")
    times.all_back.append(time.monotonic() - killed)
    await world.settle(120)
    print(f"round {number}, killed after {life:.1f} s: all back after {times.all_back[-1]:.1f} s, "
          f"settled after {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)


def _say_all(world: World, what: str) -> None:
    for talk in world.talks:
        for device in talk.devices:
            talk.say(device, what)


async def _talk(world: World, what: str, seconds: float) -> None:
    """Everybody says something again and again, the last time just before the end."""
    for _ in range(_SAID_IN_A_ROUND):
        await asyncio.sleep(seconds / _SAID_IN_A_ROUND * 0.98)
        _say_all(world, what)


async def run(rounds: int, clients: int, seed: int, quick: bool = False) -> list[Row]:
    chance = random.Random(seed)
    times = Times()
    row = Row(f"SIGKILL of gx-relay under {clients} talking clients")
    async with World(accounts=clients) as world:
        await open_pairs(world, clients)
        for number in range(1, rounds + 1):
            await kill_once(world, number, chance.uniform(0, _QUICK_LIFE if quick else _LONGEST_LIFE), times)
            row.times += 1
        await world.read_all(_AT_ONCE)
        report = world.check()
        row.take(report)
        row.notes += [f"{report.sends} messages", *times.notes()]
        if report.violations:
            print(report.text(world.history))
    return [row]
