# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Alice, Bob and a relay whose stores are about to be mistreated."""

from __future__ import annotations

import ctypes
import os
import resource
import tempfile
from pathlib import Path
from typing import Any, Callable, Union

from harness.person import Person
from harness.program import Program
from harness.world import Talk, World

_PAGE = 4096
_MS_RDONLY, _MS_REMOUNT, _MNT_DETACH = 1, 32, 2
_libc = ctypes.CDLL(None, use_errno=True)


class SmallDisk:
    """A file system of its own in memory, of some MiB: it can be filled, and made read-only."""

    def __init__(self, folder: Path, mebibytes: int):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._options = f"size={mebibytes}m,mode=0700"
        self._mount(0)

    def _mount(self, flags: int) -> None:
        options = self._options.encode()
        if _libc.mount(b"tmpfs", str(self.folder).encode(), b"tmpfs", ctypes.c_ulong(flags), options) != 0:
            number = ctypes.get_errno()
            raise PermissionError(number, f"a small file system cannot be mounted ({os.strerror(number)})")

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        with open(self._ballast, "ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    pass

    def free(self) -> None:
        self._ballast.unlink(missing_ok=True)

    def set_read_only(self, read_only: bool) -> None:
        """While no file in it is open for writing."""
        self._mount(_MS_REMOUNT | (_MS_RDONLY if read_only else 0))

    def close(self) -> None:
        _libc.umount2(str(self.folder).encode(), _MNT_DETACH)


class LimitedFiles:
    """Where mounting is not allowed: the files of one process may not grow, which is as good as a full disk for it."""

    def __init__(self, program: Callable[[], Program]):
        self._program = program

    def fill(self) -> None:
        resource.prlimit(self._program().pid, resource.RLIMIT_FSIZE, (_PAGE, resource.RLIM_INFINITY))

    def free(self) -> None:
        resource.prlimit(self._program().pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def close(self) -> None:
        pass


def can_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            SmallDisk(Path(folder), 1).close()
            return True
        except PermissionError:
            return False


class House:
    """Alice's profile and the relay's data lie on small disks."""

    def __init__(self, world: World):
        self.world = world
        self.talk: Talk
        self._number = 0
        self.relay_disk: Union[SmallDisk, LimitedFiles]
        self.alice_disk: Union[SmallDisk, LimitedFiles]
        if can_mount():
            self.relay_disk = SmallDisk(world.folder / "relay", 48)
            self.alice_disk = SmallDisk(world.folder / "alice.phone", 48)
        else:
            self.relay_disk = LimitedFiles(lambda: self.world.relay.program)
            self.alice_disk = LimitedFiles(lambda: self.alice.listener)

    async def open(self) -> None:
        await self.world.relay.start()
        self.alice = self.world.person("alice@gxcoin.test", "phone")
        self.bob = self.world.person("bob@gxcoin.test", "desk")
        await self.alice.sign_in()
        await self.bob.sign_in()
        self.talk = await self.world.meet([self.alice], [self.bob])
        await self.alice.listen()
        await self.bob.listen()

    def close(self) -> None:
        self.alice_disk.close()
        self.relay_disk.close()

    def say(self, what: str, count: int = 1) -> list[str]:
        """Both say something so often."""
        self._number += 1
        return [self.talk.say(device, f"{self._number} {what}") for _ in range(count) for device in self.talk.devices]

    async def talk_again(self, what: str) -> None:
        """It is over when both can talk and all that was ever taken is on both devices."""
        if not self.world.relay.is_up:
            await self.world.start_relay()
        for device in self.talk.devices:
            if not device.listens:
                await device.listen()
        self.say(f"after: {what}", 2)
        await self.world.settle(120)


async def refusal(person: Person, *words: str) -> tuple[int, dict[str, Any]]:
    """A command that must fail, and by name: exit code and error."""
    code, said = await person.run(*words)
    if code < 0:
        raise AssertionError(f"gx-cli {words[0]} crashed with signal {-code}")
    errors = [event for event in said if event["type"] == "error"]
    if code == 0 or not errors:
        raise AssertionError(f"gx-cli {words[0]} ended with {code} and no error: {said[-2:]}")
    if not errors[-1]["code"]:
        raise AssertionError(f"an error without a name: {errors[-1]}")
    return code, errors[-1]
