# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""What happened, in order: one entry for each thing a device was asked for, said or showed. The checker reads nothing else."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from typing import Optional


class Phase(str, Enum):
    INVOKE = "invoke"
    OK = "ok"  # the device keeps it: from here on it must arrive
    FAIL = "fail"  # refused: it must not be there
    INFO = "info"  # the device died before it answered: it may have happened or not


@dataclass(frozen=True)
class Line:
    """One line of a conversation as a device shows it."""

    text: str
    device: int  # of its sender
    state: str = ""  # of own ones: queued, sent, delivered, read, failed
    is_placeholder: bool = False


@dataclass
class Event:
    node: str  # the device it happened on
    op: str  # "send", "show" (a message came and was told), "receipt", "read" (the whole conversation)
    conversation: str
    message: str = ""
    phase: str = ""
    state: str = ""
    lines: list[Line] = field(default_factory=list)
    at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Node:
    """A device that takes part: whose, and under which id others see what it sends."""

    name: str
    user: str
    device: int


class History:
    def __init__(self, file: Optional[Path] = None):
        """Every event is also appended to `file` as a line of JSON."""
        self.nodes: dict[str, Node] = {}
        self.members: dict[str, set[str]] = {}  # conversation → users
        self.events: list[Event] = []
        self._file = open(file, "a", encoding="utf-8") if file else None

    def join(self, node: Node) -> None:
        self.nodes[node.name] = node

    def meet(self, conversation: str, users: set[str]) -> None:
        self.members[conversation] = users

    def nodes_in(self, conversation: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.user in self.members[conversation]]

    def add(self, event: Event) -> None:
        self.events.append(event)
        if self._file:
            self._file.write(json.dumps(asdict(event), ensure_ascii=False) + "\n")

    def send(self, node: str, conversation: str, message: str, phase: Phase) -> None:
        self.add(Event(node, "send", conversation, message, phase.value))

    def trace(self, message: str) -> list[str]:
        """Everything that is known of one message, for people."""
        found = []
        for event in self.events:
            if event.message == message:
                found.append(f"{event.at:.3f} {event.node} {event.op} {event.phase}{event.state}")
            elif event.op == "read":
                at = [str(i) for i, line in enumerate(event.lines) if line.text == message]
                found.append(f"{event.at:.3f} {event.node} reads {len(event.lines)} lines, it stands at {', '.join(at) or 'none'}")
        return found

    def close(self) -> None:
        if self._file:
            self._file.close()
