"""Puts the draft grades of units together from each single dossier and rating: slow, and by it the counted ones are judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.rating.grade import Graded, Index, Rule, Tally, graded, points
from bot.dossiers.rating.store import RatingStore, ended_between
from bot.dossiers.rating.times import timely_of
from bot.dossiers.store import DossierStore
from bot.dossiers.tables import UNIT_LENGTH


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
        found: dict[str, Tally] = defaultdict(Tally)
        async for records in ended_between(session, self.dossiers, since, until):
            wanted = [one for one in records if unit.casefold() in one.unit.casefold()]
            answers = await self.ratings.of(session, [one.code for one in wanted])
            for record in wanted:
                said = answers.get(record.code)
                found[record.unit[:UNIT_LENGTH]].take(points(timely_of(record), said), rated=said is not None)
        return {name: graded(one, self.own.get(name, {}), self.rule) for name, one in sorted(found.items())}
