# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""No space left on the device."""

from __future__ import annotations

import asyncio
import random
import time

from stores import House

_ROOM = "x" * 20_000  # a message that needs new pages


async def client(house: House, _: random.Random) -> str:
    """Alice can neither send nor store what arrives; both are told, nothing is acknowledged."""
    alice = house.alice
    seen = len(alice.problems)
    house.alice_disk.fill()
    for _ in range(8):
        house.talk.say(alice, f"no room {_ROOM}")
        house.talk.say(house.bob, f"no room there {_ROOM}")
    await alice.until(lambda: len(alice.problems) >= seen + 2 and alice.has_answered, 60, "to hear of the full disk")
    codes = {problem["code"] for problem in alice.problems[seen:]}
    if codes != {"disk_full"}:
        raise AssertionError(f"a full disk is called {codes}")
    await asyncio.sleep(6)  # it tries again in vain
    house.alice_disk.free()
    begun = time.monotonic()
    await house.world.settle(60)
    return f"disk_full; all there {time.monotonic() - begun:.0f} s after space"


async def relay(house: House, _: random.Random) -> str:
    """The relay takes nothing and says so; the clients keep it."""
    delays = [len(device.delays) for device in house.talk.devices]
    house.relay_disk.fill()
    for number in range(8):
        for device in house.talk.devices:
            house.talk.say(device, f"relay full {number} {_ROOM}")
    for device, seen in zip(house.talk.devices, delays):
        await device.until(lambda d=device, s=seen: len(d.delays) > s, 60, "to hear of the relay's full disk")
    codes = {delay["code"] for device, seen in zip(house.talk.devices, delays) for delay in device.delays[seen:]}
    if not codes <= {"storage_full", "unavailable"}:
        raise AssertionError(f"a relay's full disk is called {codes}")
    house.relay_disk.free()
    begun = time.monotonic()
    await house.world.settle(90)
    return f"{', '.join(sorted(codes))}; all there {time.monotonic() - begun:.0f} s after space"
