# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""One run of a program of the build: the lines it prints as they come, and how it ended."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Callable, Optional, Sequence

LONGEST_LINE = 1 << 20


def binary(name: str) -> str:
    """The path of a program of the build under test: GX_BIN_DIR, else the release build."""
    here = Path(__file__).resolve().parents[3]
    path = Path(os.environ.get("GX_BIN_DIR", here / "build/release/bin")) / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is not built")
    return str(path)


class News:
    """Wakes all who wait for something to become true, whenever something was said."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def tell(self) -> None:
        self._event.set()

    async def until(self, true: Callable[[], bool], seconds: float, what: Callable[[], str]) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not true():
            self._event.clear()
            try:
                await asyncio.wait_for(self._event.wait(), max(0.0, deadline - loop.time()))
            except asyncio.TimeoutError:
                raise TimeoutError(f"after {seconds:g} s: {what()}") from None


class Program:
    """A child process. Each line of its standard output goes to `heard`; its errors are appended to the file `log`."""

    def __init__(self, words: Sequence[str], log: Path, environment: Optional[dict[str, str]] = None,
                 heard: Callable[[str], None] = lambda line: None):
        self.words = list(words)
        self.lines: list[str] = []
        self._log = log
        self._environment = {**os.environ, **(environment or {})}
        self._heard = heard
        self._news = News()
        self._process: asyncio.subprocess.Process
        self._reading: asyncio.Task[None]

    async def start(self) -> "Program":
        with open(self._log, "ab") as errors:
            self._process = await asyncio.create_subprocess_exec(
                *self.words, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=errors,
                env=self._environment, limit=LONGEST_LINE)
        self._reading = asyncio.create_task(self._read())
        return self

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.returncode is None and not self._reading.done()

    def write(self, text: str) -> None:
        """Nothing happens when it has ended."""
        if self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(text.encode())

    def close_input(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()

    def signal(self, number: signal.Signals) -> None:
        if self._process.returncode is None:
            self._process.send_signal(number)

    async def ended(self, seconds: float = 60) -> int:
        """Its exit code, negative for a signal, once its last line was heard. It is killed when that takes longer."""
        try:
            await asyncio.wait_for(asyncio.shield(self._reading), seconds)
            return await asyncio.wait_for(self._process.wait(), 10)
        except asyncio.TimeoutError:
            await self.kill()
            raise TimeoutError(f"{self._what()} did not end in {seconds:g} s; {self._tail()}") from None

    async def kill(self) -> None:
        self.signal(signal.SIGKILL)
        await self._process.wait()
        await self._reading

    async def stop(self, seconds: float = 60) -> int:
        self.signal(signal.SIGTERM)
        return await self.ended(seconds)

    async def line(self, matches: Callable[[str], bool], seconds: float = 60) -> str:
        """The first line, heard already or to come, for which `matches` holds."""
        found: list[str] = []

        def is_there() -> bool:
            found.extend(line for line in self.lines if matches(line))
            return bool(found) or self._reading.done()

        await self._news.until(is_there, seconds, lambda: f"{self._what()} did not say it; {self._tail()}")
        if not found:
            raise RuntimeError(f"{self._what()} ended ({self._process.returncode}); {self._tail()}")
        return found[0]

    async def _read(self) -> None:
        assert self._process.stdout is not None
        try:
            while data := await self._process.stdout.readline():
                line = data.decode("utf-8", "replace").rstrip("\n")
                self.lines.append(line)
                self._heard(line)
                self._news.tell()
            await self._process.wait()
        finally:
            self._news.tell()

    def _what(self) -> str:
        return " ".join([Path(self.words[0]).name, *self.words[1:]])

    def _tail(self) -> str:
        errors = self._log.read_text("utf-8", "replace").splitlines()[-6:]
        return "it said last:\n  " + "\n  ".join(self.lines[-6:] + errors)
