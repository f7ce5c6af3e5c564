# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""The wall clock jumps by days, forwards and back, while everything runs; the monotonic one does not. With libfaketime."""

from __future__ import annotations

import random
from glob import glob
from pathlib import Path

from stores import House

_JUMPS = ("+3d", "-3d", "+20d", "-2d", "+0")


def _faked(file: Path) -> dict[str, str]:
    libraries = glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    if not libraries:
        raise RuntimeError("libfaketime is not installed (Debian package: faketime)")
    file.write_text("+0")
    return {"LD_PRELOAD": libraries[0], "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


async def _jump(house: House, file: Path, who: str) -> None:
    for jump in _JUMPS:
        file.write_text(jump)
        house.say(f"{who} clock at {jump}", 3)
        await house.world.settle(60)


async def client(house: House, _: random.Random) -> str:
    file = house.world.folder / "alice.time"
    await house.alice.stop()
    house.alice.environment.update(_faked(file))
    try:
        await house.alice.listen()
        await _jump(house, file, "alice's")
        await house.alice.stop()
    finally:
        house.alice.environment.pop("LD_PRELOAD")
    return f"{', '.join(_JUMPS)} while connected"


async def relay(house: House, _: random.Random) -> str:
    file = house.world.folder / "relay.time"
    relay = house.world.relay
    await relay.stop()
    relay.environment.update(_faked(file))
    try:
        await house.world.start_relay()
        await _jump(house, file, "relay's")
        await relay.stop()
    finally:
        relay.environment.pop("LD_PRELOAD")
    return f"{', '.join(_JUMPS)} while serving"
