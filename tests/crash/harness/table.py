# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""What was tried, how often, and how it went, as a table of Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.checker import Report


@dataclass
class Row:
    what: str
    times: int = 0
    notes: list[str] = field(default_factory=list)
    lost: int = 0
    twice: int = 0
    reordered: int = 0
    broken: int = 0  # every other violation

    worst_of: dict[str, float] = field(default_factory=dict)

    def worst(self, what: str, seconds: float) -> None:
        self.worst_of[what] = max(seconds, self.worst_of.get(what, 0.0))

    def bounded(self, what: str, seconds: float, bound: float) -> None:
        """Past its bound a time is as bad as a lost message."""
        self.worst(f"{what} (bound {bound:g} s)", seconds)
        self.broken += seconds > bound

    def take(self, report: Report) -> None:
        self.lost += report.count("lost")
        self.twice += report.count("twice")
        self.reordered += report.count("reordered")
        self.broken += len(report.violations) - report.count("lost") - report.count("twice") - report.count("reordered")

    @property
    def is_good(self) -> bool:
        return self.lost + self.twice + self.reordered + self.broken == 0

    def text(self) -> str:
        result = f"{self.lost} lost, {self.twice} twice, {self.reordered} reordered"
        if self.broken:
            result += f", {self.broken} broken otherwise"
        times = [f"{what} {seconds:.1f} s at most" for what, seconds in self.worst_of.items()]
        return f"| {self.what} | {self.times} | {'; '.join([result, *self.notes, *times])} |"


def table(rows: list[Row]) -> str:
    return "\n".join(["| what | how often | result |", "| --- | --- | --- |", *(row.text() for row in rows)])
