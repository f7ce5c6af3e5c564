# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""The proxy is as bad as it says, and no worse."""

from __future__ import annotations

import asyncio
import unittest

from harness.fault_proxy import FaultProxy, Faults

_POST = b"POST /x HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
_UPGRADE = b"GET /x HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"


class FaultProxyTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self) -> None:
        self.received: list[bytes] = []  # by each connection that reached the echo
        self.echo = await asyncio.start_server(self._echo, "127.0.0.1", 0)
        self.proxy = await FaultProxy(self.echo.sockets[0].getsockname()[1]).start()

    async def asyncTearDown(self) -> None:
        await self.proxy.stop()
        self.echo.close()

    async def _echo(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        place = len(self.received)
        self.received.append(b"")
        try:
            while data := await reader.read(1 << 16):
                self.received[place] += data
                writer.write(data)
        except (ConnectionError, asyncio.CancelledError):
            pass
        writer.close()

    async def ask(self, text: bytes, size: int, seconds: float = 10) -> bytes:
        """The first `size` bytes of the answer, or what there is of it when the connection ends."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.proxy.port)
        try:
            writer.write(text)
            return await asyncio.wait_for(reader.readexactly(size), seconds)
        except asyncio.IncompleteReadError as end:
            return end.partial
        finally:
            writer.close()

    async def test_without_faults_all_passes(self) -> None:
        self.assertEqual(await self.ask(_POST, len(_POST)), _POST)
        self.assertEqual(self.received, [_POST])

    async def test_a_delay_is_added_each_way(self) -> None:
        self.proxy.faults = Faults(delay=0.1)
        begun = asyncio.get_running_loop().time()
        await self.ask(b"hello", 5)
        self.assertGreaterEqual(asyncio.get_running_loop().time() - begun, 0.2)

    async def test_a_rate_is_kept(self) -> None:
        self.proxy.faults = Faults(bytes_per_second=10_000)
        begun = asyncio.get_running_loop().time()
        await self.ask(b"x" * 2_000, 2_000)
        self.assertGreaterEqual(asyncio.get_running_loop().time() - begun, 0.2)

    async def test_silence_tells_nothing(self) -> None:
        self.proxy.faults = Faults(is_silent=True)
        with self.assertRaises(asyncio.TimeoutError):
            await self.ask(b"hello", 5, seconds=0.3)
        self.assertEqual(self.received, [])

    async def test_a_connection_is_cut_in_the_midst(self) -> None:
        self.proxy.faults = Faults(cut_after=(1_000, 1_000))
        with self.assertRaises(ConnectionResetError):
            await self.ask(b"x" * 5_000, 5_000)
        self.assertLessEqual(len(self.received[0]), 1_000)

    async def test_a_stopped_proxy_refuses_and_comes_back_on_its_port(self) -> None:
        await self.proxy.stop()
        with self.assertRaises(ConnectionRefusedError):
            await self.ask(b"hello", 5)
        await self.proxy.start()
        self.assertEqual(await self.ask(b"hello", 5), b"hello")

    async def test_a_portal_answers_everything_itself(self) -> None:
        self.proxy.faults = Faults(is_portal=True)
        self.assertIn(b"200 OK", await self.ask(_POST, 64))
        self.assertEqual(self.received, [])

    async def test_an_upgrade_is_refused_and_all_else_passes(self) -> None:
        self.proxy.faults = Faults(upgrade="refused")
        self.assertTrue((await self.ask(_UPGRADE, 24)).startswith(b"HTTP/1.1 403"))
        self.assertEqual(await self.ask(_POST, len(_POST)), _POST)

    async def test_an_upgrade_hangs(self) -> None:
        self.proxy.faults = Faults(upgrade="hangs")
        with self.assertRaises(asyncio.TimeoutError):
            await self.ask(_UPGRADE, 1, seconds=0.3)

    async def test_a_post_is_repeated_whole_over_another_connection(self) -> None:
        self.proxy.faults = Faults(repeats_posts=True)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.proxy.port)
        for part in (_POST[:20], _POST[20:45], _POST[45:]):
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)
        self.assertEqual(await reader.readexactly(len(_POST)), _POST)
        writer.close()
        while self.received != [_POST, _POST]:
            await asyncio.sleep(0.01)
        self.assertEqual(self.proxy.repeated, 1)


if __name__ == "__main__":
    unittest.main()
