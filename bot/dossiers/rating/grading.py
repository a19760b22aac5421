"""Puts the draft grades of units together from dossiers and ratings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.rating.answers import Answers
from bot.dossiers.rating.grade import Graded, Index, Points, Rule, Times, graded, points
from bot.dossiers.rating.store import RatingStore, ended_between
from bot.dossiers.record import Record
from bot.dossiers.store import DossierStore
from feedback.working_time.zone import here


@dataclass
class _Unit:
    points: list[Points] = field(default_factory=list)
    rated: int = 0

    def take(self, record: Record, answers: Answers | None) -> None:
        self.points.append(points(times_of(record), answers))
        self.rated += answers is not None


@dataclass(frozen=True)
class Grading:
    """Grades units."""

    dossiers: DossierStore
    ratings: RatingStore
    rule: Rule
    own: Mapping[str, Mapping[Index, int]]
    """Points of units' own indices, by the units' names."""

    async def grades(
        self, session: AsyncSession, since: datetime, until: datetime, unit: str = ""
    ) -> Mapping[str, Graded]:
        """Return the draft grades of the units whose dossiers ended in a time, by name.

        Args:
            session: to read with.
            since: beginning of the time.
            until: its end, not included.
            unit: part of a unit's name; empty for all units.
        """
        found: dict[str, _Unit] = defaultdict(_Unit)
        async for records in ended_between(session, self.dossiers, since, until):
            wanted = [one for one in records if unit.casefold() in one.unit.casefold()]
            answers = await self.ratings.of(session, [one.code for one in wanted])
            for record in wanted:
                found[record.unit].take(record, answers.get(record.code))
        return {
            name: graded(one.points, one.rated, self.own.get(name, {}), self.rule)
            for name, one in sorted(found.items())
        }


def times_of(record: Record) -> Times:
    """Return when a dossier was due and done, as days in Vietnam."""
    steps = tuple(
        (here(step.due_at).date(), here(step.ended_at).date())
        for step in record.steps
        if step.due_at is not None and step.ended_at is not None
    )
    due = here(record.due_at).date() if record.due_at else None
    return Times(due, here(record.ended_at).date() if record.ended_at else None, steps)
