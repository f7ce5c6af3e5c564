# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""The checker finds what is planted, and nothing in a history that is right."""

from __future__ import annotations

import unittest
from typing import Optional

from harness.checker import Report, check
from harness.history import Event, History, Line, Node, Phase

CHAT = "alice+bob"
DEVICES = {"alice.phone": 1, "alice.laptop": 2, "bob.desk": 3}


class CheckerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.history = History()
        for name, device in DEVICES.items():
            self.history.join(Node(name, name.split(".")[0], device))
        self.history.meet(CHAT, {"alice", "bob"})
        for node, text in (("alice.phone", "a1"), ("alice.phone", "a2"), ("bob.desk", "b1")):
            self.sends(node, text, Phase.OK)
        self.shown = {name: ["a1", "a2", "b1"] for name in DEVICES}
        self.state = "delivered"

    def sends(self, node: str, text: str, phase: Optional[Phase]) -> None:
        self.history.send(node, CHAT, text, Phase.INVOKE)
        if phase:
            self.history.send(node, CHAT, text, phase)

    def shows(self, node: str, text: str) -> None:
        self.history.add(Event(node, "show", CHAT, text))

    def checked(self) -> Report:
        sender = {event.message: event.node for event in self.history.events if event.op == "send"}
        for name, texts in self.shown.items():
            lines = [Line(t, DEVICES.get(sender.get(t, ""), 9), self.state if sender.get(t) == name else "") for t in texts]
            self.history.add(Event(name, "read", CHAT, lines=lines))
        return check(self.history)

    def finds(self, *kinds: str) -> Report:
        report = self.checked()
        self.assertEqual(sorted(violation.kind for violation in report.violations), sorted(kinds), report.text(self.history))
        return report

    def test_a_right_history_has_no_violation(self) -> None:
        self.shows("bob.desk", "a1")
        self.assertEqual(self.finds().sends, 3)

    def test_a_lost_message_is_found(self) -> None:
        self.shown["bob.desk"].remove("a2")
        self.assertIn("bob.desk", self.finds("lost").violations[0].what)

    def test_a_message_lost_everywhere_is_found(self) -> None:
        for texts in self.shown.values():
            texts.remove("b1")
        self.finds("lost")

    def test_a_device_that_never_read_is_found(self) -> None:
        del self.shown["alice.laptop"]
        self.finds("lost", "lost", "lost", "lost")

    def test_a_message_shown_twice_is_found(self) -> None:
        self.shown["bob.desk"].insert(1, "a1")
        self.finds("twice")

    def test_a_message_told_twice_is_found(self) -> None:
        self.shows("bob.desk", "a1")
        self.shows("bob.desk", "a1")
        self.finds("twice")

    def test_messages_of_one_sender_in_another_order_are_found(self) -> None:
        self.shown["bob.desk"] = ["a2", "a1", "b1"]
        self.finds("reordered")

    def test_devices_of_one_person_that_differ_are_found(self) -> None:
        self.shown["alice.laptop"] = ["a1", "b1", "a2"]
        self.finds("reordered")

    def test_devices_of_two_people_may_differ(self) -> None:
        self.shown["bob.desk"] = ["b1", "a1", "a2"]
        self.finds()

    def test_what_nobody_sent_is_found(self) -> None:
        self.shown["bob.desk"].append("ghost")
        self.shows("alice.phone", "whisper")
        self.finds("unexpected", "unexpected")

    def test_what_was_refused_must_not_be_there(self) -> None:
        self.sends("bob.desk", "refused", Phase.FAIL)
        self.shown["bob.desk"].append("refused")
        self.finds("unexpected")

    def test_the_unsure_may_be_nowhere_or_everywhere(self) -> None:
        self.sends("bob.desk", "nowhere", Phase.INFO)
        self.sends("bob.desk", "everywhere", None)
        for texts in self.shown.values():
            texts.append("everywhere")
        self.assertEqual(self.finds().unsure, 2)

    def test_the_unsure_on_some_devices_is_found(self) -> None:
        self.sends("bob.desk", "torn", Phase.INFO)
        self.shown["bob.desk"].append("torn")
        self.finds("torn")

    def test_a_message_that_never_says_delivered_is_found(self) -> None:
        self.state = "sent"
        self.finds("receipts", "receipts", "receipts")

    def test_read_before_anybody_read_is_found(self) -> None:
        self.history.add(Event("alice.phone", "receipt", CHAT, "a1", state="read"))
        self.finds("receipts")

    def test_a_placeholder_in_the_end_is_found(self) -> None:
        self.history.add(Event("alice.phone", "read", CHAT))
        texts = self.shown.pop("alice.phone")
        lines = [Line(text, 1, "delivered") for text in texts] + [Line("", 3, is_placeholder=True)]
        self.history.add(Event("alice.phone", "read", CHAT, lines=lines))
        self.finds("placeholders")

    def test_a_violation_tells_what_is_known_of_the_message(self) -> None:
        self.shown["bob.desk"].remove("a2")
        report = self.checked()
        text = report.text(self.history)
        self.assertIn("1 lost", text)
        self.assertIn("alice.phone send invoke", text)
        self.assertIn("bob.desk reads 2 lines, it stands at none", text)


if __name__ == "__main__":
    unittest.main()
