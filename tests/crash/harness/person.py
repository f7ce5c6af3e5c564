# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Somebody at one device: a profile of gx-cli, `listen --json` while at work, and what comes of it written down."""

from __future__ import annotations

import itertools
import json
import signal
from pathlib import Path
from typing import Any, Callable, Optional

from harness.history import Event, History, Line, Node, Phase
from harness.program import News, Program, binary
from harness.relay import PASSWORD

_LONG_HISTORY = "10000"
_NOBODY_COMPARED = 8  # exit code


class Person:
    def __init__(self, folder: Path, account: str, name: str, history: History, news: News):
        """`name` is the device's in the history, such as alice.phone; `news` is told whenever it says something."""
        folder.mkdir(parents=True, exist_ok=True)
        self.account = account
        self.name = name
        self.profile = folder / "profile"
        self.log = folder.with_name(folder.name + ".log")
        self.environment: dict[str, str] = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
        self.options: list[str] = []  # before the verb, such as --relay URL
        self.is_impatient: Callable[[], bool] = lambda: False  # asks for the next try instead of waiting for it
        self.known: dict[str, set[str]] = {}  # conversation → messages of it that this device has
        self.states: dict[str, str] = {}  # message of one's own → what was said of it last
        self.problems: list[dict[str, Any]] = []  # refusals it told
        self.delays: list[dict[str, Any]] = []  # why something it took could not leave yet
        self.connection: list[dict[str, Any]] = []  # states of its connection
        self._login = folder / "login.json"
        self._login.write_text(json.dumps({"account": account, "password": PASSWORD}))
        self._login.chmod(0o600)
        self._history = history
        self._news = news
        self._conversation_of: dict[str, str] = {}  # the relay's id → the history's
        self._asked: dict[int, tuple[str, str]] = {}  # ref → (conversation, message)
        self._refs = itertools.count(1)
        self._listener: Optional[Program] = None

    # ---- signing in

    async def sign_in(self) -> None:
        self._joined(await self.event("signed_in", "login", "--login-file", str(self._login), seconds=180))

    async def sign_in_beside(self, other: "Person") -> None:
        """As a further device of the same account, approved on `other`, which is not listening.

        Without a terminal both only show the digits and end; said with --digits that they agree, both go on.
        """
        login = await self.start("login", "--login-file", str(self._login))
        offer = json.loads(await login.line(lambda line: '"link_offered"' in line))
        approve = ["devices", "approve", str(offer["device_id"])]
        approval = await other.start(*approve)
        digits = [json.loads(await side.line(lambda line: '"link_digits"' in line))["digits"] for side in (login, approval)]
        codes = [await approval.ended(), await login.ended()]
        if digits[0] != digits[1] or codes != [_NOBODY_COMPARED, _NOBODY_COMPARED]:
            raise RuntimeError(f"the devices show {digits} and ended with {codes}")
        await other.event("approved", *approve, "--digits", digits[0])
        self._joined(await self.event("signed_in", "login", "--login-file", str(self._login), "--digits", digits[0]))

    def _joined(self, said: dict[str, Any]) -> None:
        self._history.join(Node(self.name, self.account, int(said["device_id"])))

    # ---- verbs that are a process of their own

    async def start(self, *words: str, environment: Optional[dict[str, str]] = None,
                    heard: Callable[[str], None] = lambda line: None) -> Program:
        fixed = [binary("gx-cli"), "--profile", str(self.profile), "--json", *self.options]
        return await Program([*fixed, *words], self.log, {**self.environment, **(environment or {})}, heard).start()

    async def run(self, *words: str, seconds: float = 90) -> tuple[int, list[dict[str, Any]]]:
        """Exit code and what it said."""
        program = await self.start(*words)
        program.close_input()
        code = await program.ended(seconds)
        return code, [json.loads(line) for line in program.lines]

    async def event(self, kind: str, *words: str, seconds: float = 90) -> dict[str, Any]:
        code, said = await self.run(*words, seconds=seconds)
        found = [event for event in said if event["type"] == kind]
        if code != 0 or not found:
            raise RuntimeError(f"{self.name}: gx-cli {words[0]} ended with {code} and said {said[-3:]}")
        return found[-1]

    async def read(self, conversation: str, other: str) -> list[Line]:
        """The whole conversation as this device shows it; everything in it is read then."""
        code, said = await self.run("history", other, "--limit", _LONG_HISTORY)
        if code != 0:
            raise RuntimeError(f"{self.name}: history ended with {code}: {said[-1:]}")
        shown = [event for event in said if event["type"] == "history"]
        lines = [Line(str(event["text"]), int(event["from_device"]), str(event["state"]) if event["outgoing"] else "",
                      event["kind"] != "text") for event in shown]
        self.known.setdefault(conversation, set()).update(line.text for line in lines)
        self.states.update({line.text: line.state for line in lines if line.state})
        self._history.add(Event(self.name, "read", conversation, lines=lines))
        return lines

    # ---- listening

    @property
    def listener(self) -> Program:
        assert self._listener is not None, f"{self.name} does not listen"
        return self._listener

    @property
    def listens(self) -> bool:
        return self._listener is not None and self._listener.is_running

    @property
    def has_answered(self) -> bool:
        """All that it was asked to send it took or refused."""
        return not self._asked

    @property
    def is_online(self) -> bool:
        return bool(self.connection) and self.connection[-1]["state"] == "online"

    async def listen(self, crash_at: str = "", wait: bool = True) -> None:
        self.connection.clear()
        self._listener = await self.start("listen", heard=self._heard, environment={"GX_CRASH_AT": crash_at} if crash_at else {})
        if wait:
            await self.until(lambda: self.is_online, 60, "to be online")

    async def stop(self) -> None:
        code = await self.listener.stop()
        self._settle()
        if code != 0:
            raise RuntimeError(f"{self.name}: listen ended with {code}")

    async def dies(self, seconds: float) -> bool:
        """True if it died by SIGKILL, as one with a crash point should. What was asked and not answered is unknown then."""
        code = await self.listener.ended(seconds)
        self._settle()
        return code == -signal.SIGKILL

    def _settle(self) -> None:
        for conversation, message in self._asked.values():
            self._history.send(self.name, conversation, message, Phase.INFO)
        self._asked.clear()

    def say(self, conversation: str, other: str, text: str) -> None:
        reference = next(self._refs)
        self._asked[reference] = (conversation, text)
        self._history.send(self.name, conversation, text, Phase.INVOKE)
        self.command({"verb": "send", "who": other, "text": text, "ref": reference})

    def command(self, words: dict[str, Any]) -> None:
        self.listener.write(json.dumps(words) + "\n")

    def hurry(self) -> None:
        """The pauses between tries grow to a minute, and a test kills the relay more often than that."""
        if self.listens and self.connection and self.connection[-1]["state"] == "waiting" and self.is_impatient():
            self.command({"verb": "connect"})

    async def until(self, true: Callable[[], bool], seconds: float, what: str) -> None:
        await self._news.until(true, seconds, lambda: f"{self.name} waits {what}")

    def _heard(self, line: str) -> None:
        event = json.loads(line)
        kind = event["type"]
        if kind == "connection":
            self.connection.append(event)
            self.hurry()
        elif kind in ("result", "error") and event.get("ref") in self._asked:
            conversation, message = self._asked.pop(event["ref"])
            self._history.send(self.name, conversation, message, Phase.OK if kind == "result" else Phase.FAIL)
            if kind == "result":
                self.known.setdefault(conversation, set()).add(message)
        elif kind == "message":
            self._shown(event)
        elif kind == "changed" and event["outgoing"]:
            self._changed(event)
        elif kind == "delayed":
            self.delays.append(event)
        if kind == "error":
            self.problems.append(event)
        self._news.tell()

    def _shown(self, event: dict[str, Any]) -> None:
        if event["kind"] != "text":
            return
        conversation = self._conversation_of.get(event["conversation_id"], "")
        self.known.setdefault(conversation, set()).add(event["text"])
        self._history.add(Event(self.name, "show", conversation, event["text"]))

    def _changed(self, event: dict[str, Any]) -> None:
        self.states[event["text"]] = event["state"]
        conversation = self._conversation_of.get(event["conversation_id"])
        if conversation and event["state"] in ("delivered", "read"):
            self._history.add(Event(self.name, "receipt", conversation, event["text"], state=event["state"]))

    def knows(self, relays_id: str, conversation: str) -> None:
        """How the history calls the conversation that the relay calls so."""
        self._conversation_of[relays_id] = conversation
