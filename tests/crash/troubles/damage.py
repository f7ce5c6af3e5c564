# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Stores that are not what they were."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from pathlib import Path
from typing import Callable

from harness.program import Program, binary
from stores import House, refusal
from troubles.locks import refused_start

_FLIPS = 20  # pages, each with one byte changed, one after the other
_PAGE = 4096


def _flip(file: Path, at: int) -> None:
    with open(file, "r+b") as store:
        store.seek(at)
        byte = store.read(1)
        store.seek(at)
        store.write(bytes([byte[0] ^ 0x40]))


def _cut(file: Path, chance: random.Random) -> None:
    os.truncate(file, chance.randrange(1, file.stat().st_size // _PAGE) * _PAGE + chance.randrange(1, _PAGE))


def _zero(file: Path, _: random.Random) -> None:
    with open(file, "r+b") as store:
        store.write(b"\0" * 100)


def _tear(file: Path, chance: random.Random) -> None:
    """Half of some pages never reached the disk."""
    pages = file.stat().st_size // _PAGE
    with open(file, "r+b") as store:
        for page in chance.sample(range(1, pages), min(20, pages - 1)):
            store.seek(page * _PAGE)
            store.write(b"\0" * (_PAGE // 2))


class _Kept:
    """A folder as it was, brought back whatever happens."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._copy = folder.with_name(folder.name + ".kept")

    def __enter__(self) -> "_Kept":
        shutil.copytree(self._folder, self._copy)
        return self

    def restore(self) -> None:
        for path in self._folder.iterdir():
            path.unlink()
        for path in self._copy.iterdir():
            shutil.copy2(path, self._folder / path.name)

    def __exit__(self, *_: object) -> None:
        self.restore()
        shutil.rmtree(self._copy)


async def wrong_key(house: House, _: random.Random) -> str:
    """The key of another profile: refused, and the store stays as it is."""
    await house.alice.stop()
    await house.bob.stop()
    store = house.alice.profile / "store.db"
    with _Kept(house.alice.profile):
        digest = hashlib.sha256(store.read_bytes()).digest()
        for name in ("key", "slots.json"):
            shutil.copy2(house.bob.profile / name, house.alice.profile / name)
        code, error = await refusal(house.alice, "whoami")
        if hashlib.sha256(store.read_bytes()).digest() != digest:
            raise AssertionError("the store was changed under a wrong key")
    return f"{error['code']}, exit {code}, store untouched"


async def client_store(house: House, chance: random.Random) -> str:
    """A flipped byte is noticed where it is read, all else at once; never a crash, never an empty history. Without the relay:
    what is brought back afterwards must not be older than what the relay knows."""
    await house.alice.stop()
    whole = len(await house.alice.read(house.talk.name, house.bob.account))
    await house.world.relay.stop()
    store = house.alice.profile / "store.db"
    seen: dict[str, int] = {}
    with _Kept(house.alice.profile) as kept:
        pages = store.stat().st_size // _PAGE
        for page in chance.sample(range(pages), min(_FLIPS, pages)):
            await _look(house, kept, lambda p=page: _flip(store, p * _PAGE + chance.randrange(_PAGE)), whole, seen)
        for harm in (_cut, _zero):
            await _look(house, kept, lambda h=harm: h(store, chance), whole, seen)
        await _look(house, kept, lambda: (house.alice.profile / "store.db-wal").write_bytes(chance.randbytes(_PAGE * 3)), whole, seen)
    return ", ".join(f"{count} {name}" for name, count in sorted(seen.items()))


async def _look(house: House, kept: _Kept, harm: Callable[[], object], whole: int, seen: dict[str, int]) -> None:
    kept.restore()
    harm()
    code, said = await house.alice.run("history", house.bob.account, "--limit", "10000")
    shown = sum(1 for event in said if event["type"] == "history")
    errors = [event["code"] for event in said if event["type"] == "error"]
    if code < 0:
        raise AssertionError(f"a damaged store crashed gx-cli with signal {-code}")
    if code == 0 and shown < whole:
        raise AssertionError(f"a damaged store shows {shown} of {whole} lines and no error")
    if code != 0 and not (errors and errors[-1]):
        raise AssertionError(f"a damaged store ended gx-cli with {code} and no named error")
    name = "not noticed, all lines there" if code == 0 else errors[-1]
    seen[name] = seen.get(name, 0) + 1


async def relay_store(house: House, chance: random.Random) -> str:
    """A store that is cut or zeroed is refused at the start. Torn pages may lie where the start does not look: `doctor` finds
    them all."""
    await house.world.relay.stop()
    said = []
    for harm in (_cut, _zero):
        with _Kept(house.world.relay.data):
            harm(house.world.relay.data / "relay.db", chance)
            said.append(await refused_start(house))
    with _Kept(house.world.relay.data):
        _tear(house.world.relay.data / "relay.db", chance)
        said.append(await _diagnosis(house))
    return "; ".join(said)


async def _diagnosis(house: House) -> str:
    words = [binary("gx-relay"), "doctor", "--data", str(house.world.relay.data),
             "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0"]
    doctor = await Program(words, house.world.relay.log).start()
    code = await doctor.ended(30)
    found = [line for line in doctor.lines if "damaged" in line or "malformed" in line]
    if code <= 0 or not found:
        raise AssertionError(f"doctor ended with {code} and found nothing: {doctor.lines}")
    return f"doctor exit {code}: {found[0].strip()[:80]}"


async def newer_relay(house: House, _: random.Random) -> str:
    relay = house.world.relay
    await relay.stop()
    with _Kept(relay.data):
        with relay.store() as store:
            store.execute('INSERT INTO "SchemaVersion" VALUES (999, \'later\', 0)')
        store.close()
        return await refused_start(house)
