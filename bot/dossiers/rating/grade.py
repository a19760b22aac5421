"""The five grades: points of one dossier, averages of the indices, and the grade they come to. Pure; always a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum

from bot.dossiers.rating.answers import Agencies, Answers, Attitude, Contacts


class Index(IntEnum):
    """The nine indices by their numbers."""

    TOTAL_TIME = 1
    AGENCY_TIME = 2
    CONTACTS = 3
    AGENCIES = 4
    ONE_STOP = 5
    PUBLICATION = 6
    ATTITUDE = 7
    FEEDBACK = 8
    ONLINE = 9


OF_DOSSIER = (Index.TOTAL_TIME, Index.AGENCY_TIME, Index.CONTACTS, Index.AGENCIES, Index.ATTITUDE)
"""Indices that each dossier has points for."""
OF_UNIT = (Index.ONE_STOP, Index.PUBLICATION, Index.FEEDBACK, Index.ONLINE)
"""Indices that a unit has points for as a whole; they are given to us."""


@dataclass(frozen=True)
class Times:
    """When a dossier was due and done."""

    due: date | None = None
    """The receipt's own appointment."""
    ended: date | None = None
    steps: tuple[tuple[date, date], ...] = ()
    """Of each agency's step whose days are both known: by when it was due, and when it ended."""


@dataclass(frozen=True)
class Timely:
    """Points of the two indices that a dossier's days alone decide; ``None`` where such a day is not known."""

    total: int | None
    """Of its total time."""
    agency: int | None
    """Of the slowest agency's step."""


@dataclass(frozen=True)
class Grade:
    """One of the five."""

    name: str
    least: Decimal
    """Total from which it is reached."""


@dataclass(frozen=True)
class Rule:
    """How grades are given in a time."""

    version: str
    source: str
    doubt: str
    most_points: int
    decimals: int
    grades: tuple[Grade, ...]
    """The best first; the last is reached by any total."""

    def grade(self, total: Decimal) -> Grade:
        """Return the grade of a total."""
        return next((one for one in self.grades if total >= one.least), self.grades[-1])

    def rounded(self, total: Decimal, count: int) -> Decimal:
        """Return an average as the rule wants it."""
        return (total / count).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)


@dataclass(frozen=True)
class Graded:
    """What a unit's dossiers come to; what is missing is named, never taken for nothing."""

    dossiers: int
    rated: int
    averages: Mapping[Index, Decimal]
    """Of the indices that are known."""
    counts: Mapping[Index, int]
    """Dossiers behind each average; for a unit's own indices nothing."""
    missing: tuple[Index, ...]
    total: Decimal
    """Sum of the averages that are known."""
    lowest: Grade
    """The grade if every missing index had no point."""
    highest: Grade
    """The grade if every missing index had all its points."""

    @property
    def grade(self) -> Grade | None:
        """The grade; ``None`` while something is missing that could change it."""
        return self.lowest if self.lowest == self.highest else None


Points = Mapping[Index, int]


@dataclass
class Tally:
    """Dossiers of a unit, added up: two of them add up to that of all their dossiers."""

    dossiers: int = 0
    rated: int = 0
    """How many of them somebody rated."""
    sums: Counter[Index] = field(default_factory=Counter)
    """Points of each index."""
    known: Counter[Index] = field(default_factory=Counter)
    """Dossiers of which an index is known."""

    def take(self, given: Points, *, rated: bool) -> None:
        """Add one dossier with its points."""
        self.dossiers += 1
        self.rated += rated
        self.sums.update(given)
        self.known.update(given.keys())


def timely(times: Times) -> Timely:
    """Return what a dossier's days come to."""
    steps = [point for due, ended in times.steps if (point := _compared(due, ended)) is not None]
    return Timely(_compared(times.due, times.ended), min(steps, default=None))


def points(days: Timely, answers: Answers | None) -> Points:
    """Return one dossier's points; an index about which nothing is known is left out."""
    found: dict[Index, int | None] = {Index.TOTAL_TIME: days.total, Index.AGENCY_TIME: days.agency}
    if answers is not None:
        rude = answers.attitude is Attitude.BAD
        found[Index.CONTACTS] = {Contacts.NONE: 2, Contacts.OWN_FAULT: 2, Contacts.ONE: 1, Contacts.MORE: 0}[
            answers.contacts
        ]
        found[Index.AGENCIES] = {Agencies.NONE: 2, Agencies.ONE: 1, Agencies.MORE: 0}[answers.agencies]
        found[Index.ATTITUDE] = 0 if rude else days.total
    return {index: point for index, point in found.items() if point is not None}


def graded(given: Tally, unit: Mapping[Index, int], rule: Rule) -> Graded:
    """Return what the dossiers of a unit come to.

    Args:
        given: the dossiers, added up.
        unit: points of the unit's own indices that are known.
        rule: how grades are given.
    """
    averages: dict[Index, Decimal] = {}
    counts: dict[Index, int] = {}
    for index in OF_DOSSIER:
        if given.known[index]:
            counts[index] = given.known[index]
            averages[index] = rule.rounded(Decimal(given.sums[index]), counts[index])
    averages.update({index: rule.rounded(Decimal(point), 1) for index, point in unit.items() if index in OF_UNIT})
    missing = tuple(index for index in Index if index not in averages)
    total = _sum(averages.values())
    return Graded(
        dossiers=given.dossiers,
        rated=given.rated,
        averages=averages,
        counts=counts,
        missing=missing,
        total=total,
        lowest=rule.grade(total),
        highest=rule.grade(total + rule.most_points * len(missing)),
    )


def _compared(due: date | None, ended: date | None) -> int | None:
    """Return 2 for earlier than the rule, 1 for on the day, 0 for later; ``None`` when one is not known."""
    if due is None or ended is None:
        return None
    return 2 if ended < due else 1 if ended == due else 0


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
