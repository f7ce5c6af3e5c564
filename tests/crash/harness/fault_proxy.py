# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""A TCP proxy on loopback that is as bad as a network can be. What it does is changed while it runs; connections that are
open follow at once."""

from __future__ import annotations

import asyncio
import random
import re
import socket
import struct
from dataclasses import dataclass
from typing import Optional

_CHUNK = 16 * 1024
_PAGE = b"<html><body>Please sign in to the network.</body></html>"
_PORTAL = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(_PAGE)) + _PAGE
_REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Faults:
    delay: float = 0.0  # s each way
    loss: float = 0.0  # share of chunks that come late, as a lost packet lets its connection wait
    loss_pause: tuple[float, float] = (0.2, 1.0)  # s for which they do
    bytes_per_second: float = 0.0  # each way; 0 is any
    slow_read: float = 0.0  # the same, for what goes to the client alone
    is_silent: bool = False  # nothing passes, nothing is told: half open
    is_portal: bool = False  # every request is answered with a page
    upgrade: str = "passes"  # or "refused" (403), or "hangs"
    cut_after: Optional[tuple[int, int]] = None  # bytes of a connection, between these, after which it is cut
    repeats_posts: bool = False  # each POST reaches the relay a second time


class FaultProxy:
    def __init__(self, port_of_relay: int, seed: int = 1):
        self.faults = Faults()
        self.port = 0
        self.opened = 0  # connections so far
        self.repeated = 0  # POSTs that were sent again
        self._relay = port_of_relay
        self._chance = random.Random(seed)
        self._links: set[_Link] = set()
        self._server: Optional[asyncio.Server] = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> "FaultProxy":
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, limit=1 << 20)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def stop(self) -> None:
        """Open connections are reset, new ones refused, until start(), which takes the same port."""
        if self._server:
            self._server.close()
        self.cut()

    def cut(self) -> None:
        """Every open connection is reset."""
        for link in list(self._links):
            link.reset()

    def heal(self) -> None:
        """As good as new; what was silent is reset, as a router does that forgot the connection."""
        was_silent = self.faults.is_silent
        self.faults = Faults()
        if was_silent:
            self.cut()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        link = _Link(self, reader, writer)
        self._links.add(link)
        try:
            await link.run()
        except asyncio.CancelledError:
            pass  # reset(), or the end of the program: nobody waits for this
        finally:
            self._links.discard(link)


class _Link:
    """One connection of a client and the one to the relay behind it."""

    def __init__(self, proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self._proxy = proxy
        self._reader = reader
        self._writer = writer
        self._relay: Optional[asyncio.StreamWriter] = None
        span = proxy.faults.cut_after
        self._left = proxy._chance.randint(*span) if span else -1
        self._task: Optional[asyncio.Task[object]] = asyncio.current_task()

    def reset(self) -> None:
        for writer in (self._writer, self._relay):
            if writer is not None and (raw := writer.get_extra_info("socket")) is not None:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
        if self._task and self._task is not asyncio.current_task():
            self._task.cancel()

    async def run(self) -> None:
        try:
            first = await self._reader.read(_CHUNK)
            if await self._is_answered_here(first):
                return
            reader, self._relay = await asyncio.open_connection("127.0.0.1", self._proxy._relay, limit=1 << 20)
            await asyncio.gather(self._pass_on(self._reader, self._relay, True, first), self._pass_on(reader, self._writer, False))
        except (ConnectionError, OSError):
            pass
        finally:
            for writer in (self._writer, self._relay):
                if writer is not None:
                    writer.close()

    async def _is_answered_here(self, head: bytes) -> bool:
        faults = self._proxy.faults
        await self._while_silent()
        if faults.is_portal and head:
            self._writer.write(_PORTAL)
            return True
        if not re.search(rb"(?i)\r\nupgrade: *websocket", head) or faults.upgrade == "passes":
            return False
        if faults.upgrade == "refused":
            self._writer.write(_REFUSAL)
        else:
            await self._reader.read()  # until the client has enough
        return True

    async def _pass_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, is_up: bool, first: bytes = b"") -> None:
        data = first
        while True:
            if not data:
                data = await source.read(self._chunk(is_up))
            if is_up and self._proxy.faults.repeats_posts and data.startswith(b"POST "):
                data = await self._whole_request(data, source)
            await self._while_silent()
            if not data:
                break
            await self._hold(data, is_up)
            self._spend(data, sink)
            sink.write(data)
            await sink.drain()
            if is_up and self._proxy.faults.repeats_posts and data.startswith(b"POST "):
                await self._repeat(data)
            data = b""
        if sink.can_write_eof():
            sink.write_eof()

    def _rate(self, is_up: bool) -> float:
        faults = self._proxy.faults
        return faults.slow_read if faults.slow_read and not is_up else faults.bytes_per_second

    def _chunk(self, is_up: bool) -> int:
        rate = self._rate(is_up)
        return max(1, min(_CHUNK, int(rate / 10))) if rate else _CHUNK

    async def _hold(self, data: bytes, is_up: bool) -> None:
        faults = self._proxy.faults
        pause = faults.delay
        if faults.loss and self._proxy._chance.random() < faults.loss:
            pause += self._proxy._chance.uniform(*faults.loss_pause)
        if rate := self._rate(is_up):
            pause += len(data) / rate
        if pause:
            await asyncio.sleep(pause)

    async def _while_silent(self) -> None:
        while self._proxy.faults.is_silent:
            await asyncio.sleep(0.05)

    def _spend(self, data: bytes, sink: asyncio.StreamWriter) -> None:
        """In the middle of what goes over, the connection ends."""
        if self._left < 0:
            return
        if len(data) <= self._left:
            self._left -= len(data)
            return
        sink.write(data[: self._left])
        self.reset()
        raise ConnectionResetError

    @staticmethod
    async def _whole_request(data: bytes, source: asyncio.StreamReader) -> bytes:
        while True:
            head, _, body = data.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            if length and len(body) >= int(length[1]):
                return data
            more = await source.read(_CHUNK)
            if not more:
                return data
            data += more

    async def _repeat(self, request: bytes) -> None:
        """Sends a whole request again over a connection of its own and forgets the answer."""
        self._proxy.repeated += 1
        reader, writer = await asyncio.open_connection("127.0.0.1", self._proxy._relay)
        writer.write(request)
        await reader.read(_CHUNK)
        writer.close()
