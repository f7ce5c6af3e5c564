# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""The network, or the relay, goes away and comes back: how long until the client says so, how long until it is back."""

from __future__ import annotations

import asyncio
import signal
import time
from dataclasses import dataclass

from harness.fault_proxy import FaultProxy
from harness.table import Row
from harness.world import Talk, World

SHOWN = 20.0  # s until the state is shown
HEARTBEAT = 45.5  # s: 25 + 20 and a little for the looking, where nothing else can tell
BACK = 10.0  # s after it is well again
RELAY_BACK = 30.0  # s after a relay was killed


@dataclass(frozen=True)
class Outage:
    what: str
    kind: str  # "cut", "silent", "portal", "kill", "hang", "restart"
    seconds: float
    shown: float = SHOWN
    back: float = BACK
    is_talking: bool = True  # Alice sends something as it begins
    is_quick: bool = False


OUTAGES = (
    Outage("cut for 1 s", "cut", 1),
    Outage("cut for 10 s", "cut", 10),
    Outage("cut for 60 s", "cut", 60),
    Outage("half open for 60 s while Alice writes", "silent", 60),
    Outage("half open for 60 s while nobody writes", "silent", 60, HEARTBEAT, is_talking=False),
    Outage("captive portal for 20 s", "portal", 20),
    Outage("gx-relay killed", "kill", 0, back=RELAY_BACK),
    Outage("gx-relay hangs for 45 s (SIGSTOP) while Alice writes", "hang", 45),
    Outage("gx-relay hangs for 60 s (SIGSTOP) while nobody writes", "hang", 60, HEARTBEAT, is_talking=False),
    Outage("gx-relay restarts in order (SIGTERM)", "restart", 0),
    Outage("cut for 3 s", "cut", 3, is_quick=True),
)


class Scene:
    """Alice behind the proxy, Bob beside the relay."""

    def __init__(self, world: World, seed: int):
        self.world = world
        self.seed = seed
        self.talk: Talk
        self.proxy: FaultProxy
        self._number = 0

    async def open(self, time_scale: float) -> None:
        self.world.relay.environment["GX_TIME_SCALE"] = str(time_scale)
        await self.world.relay.start()
        self.proxy = await FaultProxy(self.world.relay.port, self.seed).start()
        self.alice = self.world.person("alice@gxcoin.test", "phone")
        self.bob = self.world.person("bob@gxcoin.test", "desk")
        self.options = ["--relay", self.proxy.url]
        self.alice.options = self.options
        self.alice.is_impatient = self.bob.is_impatient = lambda: False
        await self.alice.sign_in()
        await self.bob.sign_in()
        self.talk = await self.world.meet([self.alice], [self.bob])
        await self.alice.listen()
        await self.bob.listen()

    async def close(self) -> None:
        await self.world.read_all()
        await self.proxy.stop()

    async def outage(self, outage: Outage, row: Row) -> None:
        """Both go on writing; everything arrives afterwards, and the times are kept."""
        self._number += 1
        seen = len(self.alice.connection)
        begun = time.monotonic()
        if outage.is_talking:
            self._both_say(f"{self._number} {outage.what} before")
        await self._begin(outage)
        if outage.is_talking:
            self._both_say(f"{self._number} {outage.what} under way")
        await self.alice.until(lambda: len(self.alice.connection) > seen, outage.shown + 60, f"to see that {outage.what}")
        shown = time.monotonic() - begun
        self._both_say(f"{self._number} {outage.what} meanwhile")
        await asyncio.sleep(max(0.0, begun + outage.seconds - time.monotonic()))
        await self._end(outage)
        ended = time.monotonic()
        await self.alice.until(lambda: self.alice.is_online and len(self.alice.connection) > seen + 1, 180, "to be back")
        back = time.monotonic() - ended
        await self.world.settle(120)
        row.times += 1
        row.bounded("said so after", shown, outage.shown)
        row.bounded("back after", back, outage.back)

    def _both_say(self, what: str) -> None:
        for device in (self.alice, self.bob):
            for _ in range(3):
                self.talk.say(device, what)

    async def _begin(self, outage: Outage) -> None:
        if outage.kind == "cut":
            await self.proxy.stop()
        elif outage.kind == "silent":
            self.proxy.faults.is_silent = True
        elif outage.kind == "portal":
            self.proxy.faults.is_portal = True
            self.proxy.cut()
        elif outage.kind == "kill":
            await self.world.relay.kill()
        elif outage.kind == "hang":
            self.world.relay.program.signal(signal.SIGSTOP)
        else:
            await self.world.relay.stop()

    async def _end(self, outage: Outage) -> None:
        if outage.kind == "cut":
            await self.proxy.start()
        elif outage.kind in ("silent", "portal"):
            self.proxy.heal()
        elif outage.kind == "hang":
            self.world.relay.program.signal(signal.SIGCONT)
        else:
            await self.world.start_relay()
