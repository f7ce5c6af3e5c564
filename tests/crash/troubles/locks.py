# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Stores that may not be written, or belong to somebody else now."""

from __future__ import annotations

import random

from stores import House, refusal


async def read_only_profile(house: House, _: random.Random) -> str:
    await house.alice.stop()
    house.alice_disk.set_read_only(True)
    try:
        code, error = await refusal(house.alice, "history", house.bob.account)
    finally:
        house.alice_disk.set_read_only(False)
    return f"{error['code']}, exit {code}"


async def read_only_relay(house: House, _: random.Random) -> str:
    relay = house.world.relay
    await relay.stop()
    house.relay_disk.set_read_only(True)
    try:
        words = await refused_start(house)
    finally:
        house.relay_disk.set_read_only(False)
    return words


async def second_client(house: House, _: random.Random) -> str:
    """The first one goes on."""
    code, error = await refusal(house.alice, "whoami")
    if error["code"] != "profile_in_use" or str(house.alice.listener.pid) not in error["holder"]:
        raise AssertionError(f"the holder is not named: {error}")
    return f"profile_in_use, exit {code}, holder named"


async def second_relay(house: House, _: random.Random) -> str:
    return await refused_start(house)


async def refused_start(house: House) -> str:
    """gx-relay must end by itself with a sentence about its data folder, and without a crash."""
    relay = house.world.relay
    before = relay.log.stat().st_size
    port, relay.port = relay.port, 0
    try:
        code = await (await relay.launch()).ended(30)
    finally:
        relay.port = port
    said = relay.log.read_text("utf-8", "replace")[before:].strip()
    if code <= 0 or not said:
        raise AssertionError(f"gx-relay ended with {code} and said '{said}'")
    return f"exit {code}: {said.splitlines()[-1][:100]}"
