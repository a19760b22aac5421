"""What one record adds to the counts of which day. Pure.

The days are counted by the very rules of the periodic report (``counting.count``), so that the days of a period add up to
the report's numbers. Only what happens is counted by day; what stands at a moment is the sum of all that happened before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from feedback.record import Status
from feedback.reports.counting import count
from feedback.reports.story import OPEN, Period, Story
from feedback.working_time.zone import VIETNAM, here

FLOWS = (
    "new",
    "reopened",
    "not_received",
    "out_of_scope",
    "forwarded",
    "handled",
    "handled_on_time",
    "handled_late",
    "merged",
    "withdrawn",
    "published",
    "rated",
    "satisfied",
    "dissatisfied",
)
"""The report's columns that are counted by day."""
RATINGS = ("rated", "satisfied", "dissatisfied")
"""Of these a record's last day alone counts: a later rating replaces an earlier one."""
STANDING: Mapping[str, int] = {
    **dict.fromkeys(("new", "reopened"), 1),
    **dict.fromkeys(("not_received", "out_of_scope", "forwarded", "handled", "merged", "withdrawn"), -1),
}
"""Adding these up over all days before a moment gives what is still to be handled then."""
MOST_DAYS = 1000
"""Between entry and answer; more is counted as that many."""


class Grain(StrEnum):
    """How wide a row of counts is."""

    DAY = "d"
    MONTH = "m"
    """Of a whole month, under its first day: a year is twelve of them, not three hundred and sixty-five."""
    TOTAL = "t"
    """Of a day, all units and categories together."""


def spans(since: date, until: date) -> list[tuple[Grain, date, date]]:
    """Divide the days from one until before another into whole months and the days before and behind them."""
    first = since if since.day == 1 else next_month(since)
    last = until.replace(day=1)
    if first >= last:
        return [(Grain.DAY, since, until)] if since < until else []
    parts = [(Grain.DAY, since, first), (Grain.MONTH, first, last), (Grain.DAY, last, until)]
    return [part for part in parts if part[1] < part[2]]


def next_month(day: date) -> date:
    """Return the first day of the month after a day's."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


@dataclass(frozen=True, order=True)
class Cell:
    """One row of the day's counts."""

    book: str
    day: date
    unit: str
    category: int


@dataclass(frozen=True, order=True)
class Took:
    """How long answers took that were given on a day."""

    book: str
    day: date
    days: int


@dataclass
class Share:
    """What one record, or several, add."""

    cells: dict[Cell, Counter[str]] = field(default_factory=dict)
    took: Counter[Took] = field(default_factory=Counter)

    def add(self, other: Share, sign: int = 1) -> None:
        """Add another's share, or with -1 take it away."""
        for cell, counts in other.cells.items():
            mine = self.cells.setdefault(cell, Counter())
            for name, number in counts.items():
                mine[name] += sign * number
        for one, number in other.took.items():
            self.took[one] += sign * number


def day_of(day: date) -> Period:
    """Return a day in Vietnam as a period."""
    start = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
    return Period(start, start + timedelta(days=1))


def share(story: Story) -> Share:
    """Return what a record adds to which day."""
    found = Share()
    rated: Cell | None = None
    for day in sorted({here(move.at).date() for move in story.moves} | {here(story.entered_at).date()}):
        counts = count(story, day_of(day))
        kept = Counter({name: counts[name] for name in FLOWS if counts[name]})
        if not kept:
            continue
        cell = Cell(story.book.value, day, story.unit, int(story.category or 0))
        if kept["rated"] and rated is not None:
            for name in RATINGS:
                found.cells[rated].pop(name, None)
        rated = cell if kept["rated"] else rated
        found.cells[cell] = kept
    found.took.update(_took(story))
    return found


def _took(story: Story) -> Counter[Took]:
    """Return how long each answer took, from entry on: what the sender waits, pauses included."""
    found: Counter[Took] = Counter()
    was: Status | None = None
    for move in story.moves:
        if was in OPEN and move.to is Status.DECIDED:
            ended = here(move.at).date()
            days = min(MOST_DAYS, max(0, (ended - here(story.entered_at).date()).days))
            found[Took(story.book.value, ended, days)] += 1
        was = move.to
    return found
