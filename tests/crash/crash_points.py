# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""SIGKILL at every named point (GX_CRASH_AT), with outbox and inbox busy in both directions.

A client's points kill one of three devices in turn, a relay's points the relay. Then all goes on, and everything that was
taken must be on every device once and in order."""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from typing import Optional, Sequence

from harness.checker import Violation
from harness.person import Person
from harness.table import Row
from harness.world import Talk, World

ROUNDS_A_WORLD = 17
_BUSY = 6  # messages a device sends while another is about to die


@dataclass(frozen=True)
class Point:
    name: str
    side: str  # "client" or "relay"
    latest: int  # killed at the first to the latest passing, by chance
    needs: str = ""  # "keys": prekeys are claimed before, so that new ones are uploaded; "start": a device starts


POINTS = (
    Point("C1", "client", _BUSY), Point("C2", "client", _BUSY), Point("C3", "client", 2 * _BUSY),
    Point("C4", "client", _BUSY), Point("C5", "client", _BUSY), Point("C7", "client", _BUSY),
    Point("C11", "client", 2 * _BUSY), Point("C12", "client", 2 * _BUSY), Point("C19", "client", 1, "keys"),
    Point("C21", "client", 1), Point("C6", "relay", 2 * _BUSY), Point("C8", "relay", 2 * _BUSY),
    Point("C9", "relay", 2 * _BUSY), Point("C10", "relay", 4 * _BUSY), Point("C13", "relay", _BUSY),
    Point("C19", "relay", 1, "keys"), Point("C21", "relay", 1, "start"),
)  # fmt: skip


class Scene:
    """Alice with two devices, Bob with one, who talk."""

    def __init__(self, world: World, seed: int):
        self.world = world
        self.chance = random.Random(seed)
        self.talk: Talk
        self._number = 0

    async def open(self) -> None:
        await self.world.relay.start()
        phone = self.world.person("alice@gxcoin.test", "phone")
        laptop = self.world.person("alice@gxcoin.test", "laptop")
        bob = self.world.person("bob@gxcoin.test", "desk")
        await phone.sign_in()
        await bob.sign_in()
        await laptop.sign_in_beside(phone)
        self.talk = await self.world.meet([phone, laptop], [bob])
        for device in self.talk.devices:
            await device.listen()

    async def round(self, point: Point) -> None:
        self._number += 1
        what = f"{self._number} {point.side} {point.name}"
        at = f"{point.name}:{self.chance.randint(1, point.latest)}"
        victim = self.talk.devices[self._number % 3]
        begun = time.monotonic()
        try:
            await (self._client_dies if point.side == "client" else self._relay_dies)(victim, point, at, what)
        except (RuntimeError, TimeoutError) as error:
            raise RuntimeError(f"round {what}, killed at {at}: {error}") from error
        print(f"{what} {at} {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)

    def _everybody_says(self, what: str, beside: Optional[Person] = None) -> None:
        for _ in range(_BUSY):
            for device in self.talk.devices:
                if device is not beside:
                    self.talk.say(device, what)

    async def _client_dies(self, victim: Person, point: Point, at: str, what: str) -> None:
        await victim.stop()
        if point.needs == "keys":
            await self._claim_keys(victim)
        self._everybody_says(f"{what} before", beside=victim)
        await victim.listen(at, wait=False)
        for _ in range(_BUSY):
            self.talk.say(victim, f"{what} under way")
        self._everybody_says(f"{what} meanwhile", beside=victim)
        if not await victim.dies(90):
            raise RuntimeError(f"{victim.name} did not die at {at}")
        await victim.listen()
        self.talk.say(victim, f"{what} after")
        await self.world.settle(90, beside=victim)
        await victim.stop()
        await self._catch_up(victim)
        await self.world.settle(90, beside=victim)
        await victim.listen()

    async def _catch_up(self, device: Person) -> None:
        """What it took before it died it did not tell: its history does. Receipts come a little later."""
        for _ in range(20):
            await self.talk.read(device)
            if self.talk.is_complete_on(device):
                return

    async def _relay_dies(self, starting: Person, point: Point, at: str, what: str) -> None:
        relay = self.world.relay
        if point.needs:
            await starting.stop()
        await relay.stop()
        if point.needs == "keys":
            self._claim_in_store(starting)
        await self.world.start_relay(at)
        if point.needs:
            await starting.listen(wait=False)
        self._everybody_says(what)
        if not await relay.dies(90):
            raise RuntimeError(f"the relay did not die at {at}")
        self._everybody_says(f"{what} without a relay")
        await self.world.start_relay()
        await self.world.settle(120)

    async def _claim_keys(self, device: Person) -> None:
        await self.world.relay.stop()
        self._claim_in_store(device)
        await self.world.start_relay()

    def _claim_in_store(self, device: Person) -> None:
        """As if others had begun so many sessions with it that it must upload new prekeys."""
        node = self.world.history.nodes[device.name]
        with self.world.relay.store() as store:
            store.execute('UPDATE "SignalPreKey" SET "claimedAt" = ? WHERE "deviceId" = ? AND "claimedAt" IS NULL AND "keyId" < '
                          '(SELECT max("keyId") FROM "SignalPreKey" WHERE "deviceId" = ?) - 5',
                          (int(time.time() * 1000), node.device, node.device))
        store.close()


    def keys(self) -> list[Violation]:
        """Every device has enough prekeys at the relay, and none had to replace them."""
        found = []
        with self.world.relay.store() as store:
            for device in self.talk.devices:
                number = (self.world.history.nodes[device.name].device,)
                free = store.execute('SELECT count(*) FROM "SignalPreKey" WHERE "deviceId" = ? AND "claimedAt" IS NULL', number)
                generation = store.execute('SELECT "keyGeneration" FROM "UserSignalKey" WHERE "deviceId" = ?', number)
                state = (free.fetchone()[0], generation.fetchone()[0])
                if state[0] < 20 or state[1] != 1:
                    found.append(Violation("sessions", "", f"{device.name} has {state[0]} prekeys of generation {state[1]}"))
        store.close()
        return found


async def run(rounds: int, seed: int, only: Sequence[str] = ()) -> list[Row]:
    """Each point `rounds` times, in an order by chance; a new world every few rounds."""
    todo = [point for point in POINTS if not only or point.name in only for _ in range(rounds)]
    random.Random(seed).shuffle(todo)
    rows = {(point.side, point.name): Row(f"{point.name}, {point.side}") for point in POINTS if point in todo}
    for begin in range(0, len(todo), ROUNDS_A_WORLD):
        part = todo[begin : begin + ROUNDS_A_WORLD]
        async with World() as world:
            scene = Scene(world, seed + begin)
            await scene.open()
            for point in part:
                await scene.round(point)
                rows[(point.side, point.name)].times += 1
            await world.read_all()
            report = world.check()
            report.violations += scene.keys()
            for side, name in {(point.side, point.name) for point in part}:
                rows[(side, name)].take(report)
            if report.violations:
                print(report.text(world.history))
    return list(rows.values())
