# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Stores that cannot be written, read or believed, and clocks that jump. Each trouble must have a name, lose nothing, and be over
when its cause is gone."""

from __future__ import annotations

import random
import sys
import time
from typing import Awaitable, Callable, Sequence

from harness.table import Row
from harness.world import World
from stores import House, can_mount
from troubles import clocks, damage, full, locks

Trouble = Callable[[House, random.Random], Awaitable[str]]

# What is tried; when: in every run, in those that may mount file systems, in the long one alone.
_ALWAYS, _WITH_MOUNTS, _LONG = range(3)
TROUBLES: tuple[tuple[str, Trouble, int], ...] = (
    ("disk full, client", full.client, _ALWAYS),
    ("disk full, relay", full.relay, _ALWAYS),
    ("read-only profile", locks.read_only_profile, _WITH_MOUNTS),
    ("read-only store of the relay", locks.read_only_relay, _WITH_MOUNTS),
    ("second process on a profile", locks.second_client, _ALWAYS),
    ("second relay on a store", locks.second_relay, _ALWAYS),
    ("wrong key of a profile", damage.wrong_key, _ALWAYS),
    ("profile's store: bytes flipped, cut, zeroed, log lost", damage.client_store, _ALWAYS),
    ("relay's store: cut, zeroed, pages torn", damage.relay_store, _ALWAYS),
    ("relay's store of a later version", damage.newer_relay, _ALWAYS),
    ("client's clock jumps by days", clocks.client, _LONG),
    ("relay's clock jumps by days", clocks.relay, _LONG),
)


async def run(rounds: int, seed: int, quick: bool = False, only: Sequence[str] = ()) -> list[Row]:
    chance = random.Random(seed)
    most = _LONG if not quick else _WITH_MOUNTS if can_mount() else _ALWAYS
    wanted = [(what, trouble) for what, trouble, when in TROUBLES
              if when <= most and (not only or any(part in what for part in only))]
    rows = {what: Row(what) for what, _ in wanted}
    async with World() as world:
        house = House(world)
        try:
            await house.open()
            for _ in range(rounds):
                for what, trouble in wanted:
                    rows[what].notes = [await _suffer(house, what, trouble, chance)]
                    rows[what].times += 1
            await world.read_all()
        finally:
            house.close()
        report = world.check()
        for row in rows.values():
            row.take(report)
        if report.violations:
            print(report.text(world.history))
    return list(rows.values())


async def _suffer(house: House, what: str, trouble: Trouble, chance: random.Random) -> str:
    begun = time.monotonic()
    try:
        note = await trouble(house, chance)
        await house.talk_again(what)
    except (AssertionError, RuntimeError, TimeoutError) as error:
        raise RuntimeError(f"{what}: {error}") from error
    print(f"{what}: {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)
    return note
