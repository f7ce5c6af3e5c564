# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""A relay, people who talk in pairs, and the history of it all, in a folder that goes with them."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Optional

from harness.checker import Report, Violation, check
from harness.history import History
from harness.person import Person
from harness.program import News
from harness.relay import Relay


# Words of gx-cli's log that no crash may lead to: a letter that does not open, keys or sessions that had to be made anew.
_BROKEN = ("a letter did not open", "replacing them all", "starting new sessions")


class Talk:
    """A conversation of two accounts, on all their devices."""

    def __init__(self, name: str, sides: tuple[list[Person], list[Person]]):
        self.name = name
        self.sides = sides
        self._count = 0

    @property
    def devices(self) -> list[Person]:
        return self.sides[0] + self.sides[1]

    def other(self, device: Person) -> str:
        """The account on the other side."""
        return self.sides[1 if device in self.sides[0] else 0][0].account

    def say(self, device: Person, what: str) -> str:
        self._count += 1
        text = f"{what} #{self._count} of {device.name}"
        device.say(self.name, self.other(device), text)
        return text

    async def read(self, device: Person) -> None:
        await device.read(self.name, self.other(device))

    def expected(self) -> set[str]:
        """What some device has: it has to reach all of them."""
        return set().union(*(device.known.get(self.name, set()) for device in self.devices))

    def missing_on(self, device: Person) -> set[str]:
        return self.expected() - device.known.get(self.name, set())

    def undelivered_of(self, device: Person) -> set[str]:
        return {message for message in device.known.get(self.name, set())
                if device.states.get(message, "") in ("queued", "sending", "sent")}

    def is_complete_on(self, device: Person) -> bool:
        return device.has_answered and not self.missing_on(device) and not self.undelivered_of(device)


class World:
    def __init__(self, accounts: int = 0, keep: Optional[Path] = None):
        """`keep`: a folder to stay afterwards, for a look at what went wrong."""
        self.folder = keep or Path(tempfile.mkdtemp(prefix="gx-crash-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self._is_kept = keep is not None
        self.relay = Relay(self.folder, accounts)
        self.history = History(self.folder / "history.jsonl")
        self.news = News()
        self.talks: list[Talk] = []
        self.people: list[Person] = []

    async def __aenter__(self) -> "World":
        return self

    async def __aexit__(self, *_: object) -> None:
        running = [person.listener for person in self.people if person.listens]
        if self.relay.is_started:
            running.append(self.relay.program)
        await asyncio.gather(*(program.kill() for program in running))
        self.history.close()
        if not self._is_kept:
            shutil.rmtree(self.folder, ignore_errors=True)

    def person(self, account: str, device: str) -> Person:
        name = f"{account.split('@')[0]}.{device}"
        made = Person(self.folder / name, account, name, self.history, self.news)
        made.options = ["--relay", self.relay.url]
        made.is_impatient = lambda: self.relay.is_up
        self.people.append(made)
        return made

    async def start_relay(self, crash_at: str = "") -> float:
        seconds = await self.relay.start(crash_at)
        for person in self.people:
            person.hurry()
        return seconds

    async def meet(self, one: list[Person], other: list[Person]) -> Talk:
        """Opens the conversation of two accounts; the first devices say hello, and everybody reads it."""
        name = f"{one[0].account.split('@')[0]}+{other[0].account.split('@')[0]}"
        talk = Talk(name, (one, other))
        self.talks.append(talk)
        self.history.meet(name, {one[0].account, other[0].account})
        for device in (one[0], other[0]):
            await device.listen()
            hello = talk.say(device, "hello")
            await device.until(lambda: device.states.get(hello) in ("sent", "delivered"), 60, "for its hello to leave")
            await device.stop()
        for device in talk.devices:
            device.knows(await self._id_of(device), name)
            await talk.read(device)
        return talk

    async def _id_of(self, device: Person) -> str:
        return str((await device.event("conversation", "conversations"))["conversation_id"])

    async def settle(self, seconds: float = 60, beside: Optional[Person] = None) -> None:
        """Until every device has what any has and knows that its own has arrived; not asked of the device `beside`."""
        asked = [(talk, device) for talk in self.talks for device in talk.devices if device is not beside]

        def is_settled() -> bool:
            return all(talk.is_complete_on(device) for talk, device in asked)

        def what() -> str:
            lacking = {device.name: sorted(talk.missing_on(device))[:5] for talk, device in asked if talk.missing_on(device)}
            waiting = {device.name: sorted(talk.undelivered_of(device))[:5] for talk, device in asked if talk.undelivered_of(device)}
            return f"missing {lacking}, not delivered {waiting}"

        await self.news.until(is_settled, seconds, what)

    async def read_all(self, at_once: int = 4) -> None:
        """Everybody stops listening and reads everything, once more when the news of the reading has come."""
        listening = [person for person in self.people if person.listens]
        await asyncio.gather(*(person.stop() for person in listening))
        gate = asyncio.Semaphore(at_once)

        async def read(talk: Talk, device: Person) -> None:
            async with gate:
                await talk.read(device)

        for _ in range(2):
            for talk in self.talks:
                await asyncio.gather(*(read(talk, device) for device in talk.devices))

    def check(self) -> Report:
        report = check(self.history)
        for person in self.people:
            for line in person.log.read_text("utf-8", "replace").splitlines():
                if any(sign in line for sign in _BROKEN):
                    report.violations.append(Violation("sessions", "", f"{person.name} says: {line}"))
        return report
