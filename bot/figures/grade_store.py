"""Counts what the draft grades of units are made from, and works out what older programs left open; never commits.

A dossier's own days stand beside its sealed body, so that counting opens none. What was rated is found by the keyed hash of
each code: nothing kept brings a rating and a dossier together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.errors import UnreadableError
from bot.dossiers.rating.grade import OF_DOSSIER, Tally, points
from bot.dossiers.rating.store import AT_ONCE, RatingStore
from bot.dossiers.rating.times import columns, timely_in
from bot.dossiers.store import OPENED, DossierStore
from bot.dossiers.tables import UNGRADED, dossier
from bot.figures.counting_store import Counted, on_day, starts
from bot.figures.tables import grade_day, known_of, points_of
from feedback.working_time.zone import here

Place = tuple[datetime, str]
"""When a dossier ended, and its code."""


@dataclass(frozen=True)
class Ungraded:
    """Some ended dossiers whose points nobody worked out."""

    rows: Sequence[Any]

    @property
    def last(self) -> Place:
        """Where the next ones begin."""
        return self.rows[-1]["ended_at"], self.rows[-1]["code"]


@dataclass(frozen=True)
class GradeCounts:
    """Counts dossiers for the draft grades."""

    dossiers: DossierStore
    ratings: RatingStore

    async def count(self, session: AsyncSession, day: date, after: int = 0) -> Counted:
        """Add the dossiers that ended on a day up, by unit."""
        wanted = (dossier.c[name] for name in ("code", "unit", "total_points", "agency_points"))
        chosen = select(*wanted).where(*on_day(dossier.c.ended_at, day), dossier.c.sample.is_(False))
        rows = (await session.execute(chosen)).all()
        found: dict[str, Tally] = defaultdict(Tally)
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            answers = await self.ratings.of(session, [row.code for row in some])
            for row in some:
                said = answers.get(row.code)
                given = points(timely_in(row.total_points, row.agency_points), said)
                found[row.unit or ""].take(given, rated=said is not None)
        return {grade_day: [{"day": day, "unit": unit, **_numbers(one)} for unit, one in found.items()]}

    async def ungraded(self, session: AsyncSession, before: Place | None) -> Ungraded | None:
        """Return ended dossiers whose points nobody worked out, the last ended first; ``None`` for no more of them."""
        place = dossier.c.ended_at, dossier.c.code
        chosen = select(*OPENED, dossier.c.ended_at).where(UNGRADED).order_by(*(one.desc() for one in place))
        if before is not None:
            # Twice the same, once so that the index finds the place.
            chosen = chosen.where(dossier.c.ended_at <= before[0], tuple_(*place) < before)
        rows = (await session.execute(chosen.limit(AT_ONCE))).mappings().all()
        return Ungraded(rows) if rows else None

    def worked_out(self, rows: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
        """Yield the points of some dossiers; those that cannot be opened keep none, and count without them."""
        for row in rows:
            try:
                record = self.dossiers.opened(row).record
            except UnreadableError:
                continue
            yield {"at_code": row["code"], **columns(record)}


async def keep_points(session: AsyncSession, worked_out: Sequence[Mapping[str, Any]]) -> None:
    """Keep points, but for dossiers that their source told of anew meanwhile: these have newer ones."""
    if worked_out:
        written: dict[str, Any] = {name: bindparam(name) for name in worked_out[0] if name != "at_code"}
        still = dossier.c.code == bindparam("at_code"), dossier.c.total_points.is_(None)
        await session.execute(update(dossier).where(*still).values(written), [dict(one) for one in worked_out])


async def last_end(session: AsyncSession, before: date) -> date | None:
    """Return the last day before another on which a dossier ended; ``None`` for none."""
    chosen = select(func.max(dossier.c.ended_at)).where(dossier.c.ended_at < starts(before))
    found: datetime | None = (await session.execute(chosen)).scalar()
    return here(found).date() if found else None


def _numbers(tally: Tally) -> dict[str, int]:
    found = {"dossiers": tally.dossiers, "rated": tally.rated}
    for index in OF_DOSSIER:
        found |= {points_of(index): tally.sums[index], known_of(index): tally.known[index]}
    return found
