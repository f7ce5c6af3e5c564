# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""gx-relay as a demo, on loopback, with a store of its own: started, killed, started again on the same port."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import time
from pathlib import Path
from typing import Optional

from harness.program import Program, binary

PASSWORD = "TestPass123"
_NO_LIMITS = {"GX_RATE_SCALE": "100000", "GX_UNAUTHENTICATED_PER_ADDRESS": "0", "GX_UNAUTHENTICATED_TOTAL": "0"}


class Relay:
    def __init__(self, folder: Path, accounts: int = 0):
        """`accounts` further ones beside the four of every demo: p0@gxcoin.test …"""
        self.data = folder / "relay"
        self.log = folder / "relay.log"
        self.port = 0
        self.environment: dict[str, str] = dict(_NO_LIMITS)
        self._program: Optional[Program] = None
        self._is_ready = False
        if accounts:
            file = folder / "accounts.json"
            file.write_text(json.dumps({"accounts": [account(i) for i in range(accounts)]}))
            file.chmod(0o600)
            self.environment["GX_TEST_ACCOUNTS"] = str(file)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def program(self) -> Program:
        assert self._program is not None, "the relay was never started"
        return self._program

    @property
    def is_started(self) -> bool:
        return self._program is not None

    @property
    def is_up(self) -> bool:
        return self._is_ready and self.program.is_running

    async def start(self, crash_at: str = "") -> float:
        """Seconds until it served."""
        begun = time.monotonic()
        self._is_ready = False
        self._program = await self.launch({"GX_CRASH_AT": crash_at} if crash_at else {})
        ready = await self._program.line(lambda line: line.startswith("ready api="), 120)
        self.port = int(re.search(r"api=\S+:(\d+)", ready)[1])  # type: ignore[index]
        self._is_ready = True
        return time.monotonic() - begun

    async def launch(self, more: Optional[dict[str, str]] = None) -> Program:
        """Started, not waited for: when it must refuse."""
        words = [binary("gx-relay"), "serve", "--demo", "--data", str(self.data),
                 "--listen", f"127.0.0.1:{self.port}", "--ops-listen", "127.0.0.1:0"]
        return await Program(words, self.log, {**self.environment, **(more or {})}).start()

    async def kill(self) -> None:
        await self.program.kill()

    async def stop(self) -> None:
        code = await self.program.stop()
        if code != 0:
            raise RuntimeError(f"gx-relay ended with {code}")

    async def dies(self, seconds: float) -> bool:
        """True if it died by SIGKILL, as one with a crash point should."""
        return await self.program.ended(seconds) == -signal.SIGKILL

    def store(self) -> sqlite3.Connection:
        """Its SQLite file, for a look (or a claim) while it does not run."""
        return sqlite3.connect(self.data / "relay.db")


def account(number: int) -> dict[str, str]:
    return {"account": f"p{number}@gxcoin.test", "password": PASSWORD}
