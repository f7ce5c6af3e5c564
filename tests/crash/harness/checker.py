# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""Holds a history against the invariants of the messenger, in one pass over sets:

I1 what a device took is in the last read of every device of the conversation            (lost)
I2 nothing is shown that nobody sent                                                     (unexpected)
I3 each message is shown once on each device, also after a restart                       (twice)
I4 what one device sent is shown everywhere in the order in which it was sent            (reordered)
I5 all devices of one person show the same lines in the same order                       (reordered)
I6 what may have been sent or not is shown on all devices or on none                     (torn)
I8 delivered and read are never said before they are true, and are said in the end       (receipts)
I9 in the end no line waits for its content                                              (placeholders)

What a device says of broken sessions and keys in its log (World.check) counts as "sessions".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from harness.history import Event, History, Line, Phase

SHOWN_VIOLATIONS = 8
KINDS = ("lost", "twice", "reordered", "unexpected", "torn", "receipts", "placeholders", "sessions")


@dataclass(frozen=True)
class Violation:
    kind: str
    message: str
    what: str


@dataclass
class Report:
    sends: int = 0  # taken by a device
    unsure: int = 0  # of which nobody knows
    violations: list[Violation] = field(default_factory=list)

    def count(self, kind: str) -> int:
        return sum(1 for violation in self.violations if violation.kind == kind)

    def text(self, history: History) -> str:
        lines = [", ".join(f"{self.count(kind)} {kind}" for kind in KINDS)]
        for violation in self.violations[:SHOWN_VIOLATIONS]:
            lines.append(f"{violation.kind}: {violation.what}")
            lines += [f"    {step}" for step in history.trace(violation.message)]
        return "\n".join(lines)


class Checker:
    def __init__(self, history: History):
        self._history = history
        self._report = Report()
        self._sent: dict[str, Event] = {}  # message → its invocation, in order of sending
        self._phase: dict[str, str] = {}
        self._last_read: dict[tuple[str, str], list[Line]] = {}
        self._readers: set[tuple[str, str]] = set()  # (user, conversation) that read at least once
        for event in history.events:
            self._take(event)

    def check(self) -> Report:
        for conversation in self._history.members:
            for node in self._history.nodes_in(conversation):
                lines = self._last_read.get((node.name, conversation))
                if lines is None:
                    self._find("lost", "", f"{node.name} never read {conversation}")
                    continue
                self._check_lines(node.name, conversation, lines)
            self._check_sends(conversation)
            self._check_same_order(conversation)
        self._check_shown()
        return self._report

    def _find(self, kind: str, message: str, what: str) -> None:
        self._report.violations.append(Violation(kind, message, what))

    def _take(self, event: Event) -> None:
        if event.op == "send" and event.phase == Phase.INVOKE.value:
            self._sent[event.message] = event
        if event.op == "send":
            self._phase[event.message] = event.phase
        if event.op == "read":
            self._last_read[(event.node, event.conversation)] = event.lines
            self._readers.add((self._history.nodes[event.node].user, event.conversation))
        if event.op == "receipt" and event.state == "read":
            self._check_read_receipt(event)

    def _check_read_receipt(self, event: Event) -> None:
        own = self._history.nodes[event.node].user
        others = self._history.members[event.conversation] - {own}
        if not any((user, event.conversation) in self._readers for user in others):
            self._find("receipts", event.message, f"{event.node} says read, but nobody read {event.conversation}")

    def _texts(self, node: str, conversation: str) -> set[str]:
        return {line.text for line in self._last_read.get((node, conversation), [])}

    def _check_lines(self, node: str, conversation: str, lines: list[Line]) -> None:
        for text, count in Counter(line.text for line in lines if not line.is_placeholder).items():
            sent = self._sent.get(text)
            if sent is None or sent.conversation != conversation or self._phase[text] == Phase.FAIL.value:
                self._find("unexpected", text, f"{node} shows '{text}' in {conversation}, which nobody sent there")
            if count > 1:
                self._find("twice", text, f"{node} shows '{text}' {count} times")
        for line in lines:
            if line.is_placeholder:
                self._find("placeholders", line.text, f"{node} still waits for a line in {conversation}")
        self._check_chain(node, lines)

    def _check_chain(self, node: str, lines: list[Line]) -> None:
        order = {message: place for place, message in enumerate(self._sent)}
        last: dict[str, int] = {}
        for line in lines:
            sent = self._sent.get(line.text)
            if sent is None:
                continue
            if order[line.text] < last.get(sent.node, -1):
                self._find("reordered", line.text, f"{node} shows '{line.text}' after what {sent.node} sent later")
            last[sent.node] = max(last.get(sent.node, -1), order[line.text])

    def _check_sends(self, conversation: str) -> None:
        nodes = [node.name for node in self._history.nodes_in(conversation)]
        shown = {name: self._texts(name, conversation) for name in nodes}
        for message, sent in self._sent.items():
            if sent.conversation != conversation or self._phase[message] == Phase.FAIL.value:
                continue
            without = [name for name in nodes if message not in shown[name]]
            is_sure = self._phase[message] == Phase.OK.value
            self._report.sends += is_sure
            self._report.unsure += not is_sure
            if without and is_sure:
                self._find("lost", message, f"'{message}' of {sent.node} is missing on {', '.join(without)}")
            elif without and len(without) < len(nodes):
                self._find("torn", message, f"'{message}' of {sent.node} is missing on {', '.join(without)} alone")
            elif not without:
                self._check_state(sent)

    def _check_state(self, sent: Event) -> None:
        lines = self._last_read[(sent.node, sent.conversation)]
        state = next(line.state for line in lines if line.text == sent.message)
        if state not in ("delivered", "read"):
            self._find("receipts", sent.message, f"'{sent.message}' is everywhere, and {sent.node} says {state}")

    def _check_same_order(self, conversation: str) -> None:
        first: dict[str, tuple[str, list[str]]] = {}
        for node in self._history.nodes_in(conversation):
            order = [line.text for line in self._last_read.get((node.name, conversation), [])]
            name, wanted = first.setdefault(node.user, (node.name, order))
            if order == wanted or set(order) != set(wanted):  # what is missing was said already
                continue
            at = next((i for i, (a, b) in enumerate(zip(order, wanted)) if a != b), min(len(order), len(wanted)) - 1)
            self._find("reordered", order[at], f"{node.name} and {name} show line {at} of {conversation} differently")

    def _check_shown(self) -> None:
        told = Counter((e.node, e.conversation, e.message) for e in self._history.events if e.op == "show")
        for (node, _, message), count in told.items():
            if count > 1:
                self._find("twice", message, f"{node} was told of '{message}' {count} times")
            if message not in self._sent:
                self._find("unexpected", message, f"{node} was told of '{message}', which nobody sent")


def check(history: History) -> Report:
    return Checker(history).check()
