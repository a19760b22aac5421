"""Reads and writes officials' corrections of families in the session of the unit of work; never commits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.families import Correction
from nlu.catalogue.tables import family_corrections as rows

LONGEST_NAME = 64
"""Characters of a name that are kept, as in the table."""


@dataclass(frozen=True)
class Decided:
    """A correction with who made it, when and why."""

    correction: Correction
    by: str
    at: datetime
    note: str = ""


class FamilyStore:
    """The rows of ``family_corrections``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def in_force(self) -> list[Decided]:
        """Return the corrections that count, oldest first; they hold for every catalogue version."""
        query = select(rows).where(rows.c.ended_at.is_(None)).order_by(rows.c.id)
        found = await self._session.execute(query)
        return [Decided(Correction(row.code, row.with_code), row.made_by, row.made_at, row.note) for row in found]

    async def corrections(self) -> list[Correction]:
        """Return what counts, as ``families`` takes it."""
        return [decided.correction for decided in await self.in_force()]

    async def add(self, decided: Sequence[Decided]) -> None:
        """Put corrections in force; what was said before about their codes ends."""
        for one in decided:
            await self.end([one.correction.code], one.by, one.at)
            values = {
                "code": one.correction.code,
                "with_code": one.correction.with_code,
                "made_by": one.by[:LONGEST_NAME],
                "made_at": one.at,
                "note": one.note,
                "ended_by": "",
            }
            await self._session.execute(insert(rows), values)

    async def end(self, codes: Collection[str], by: str, at: datetime) -> None:
        """Take back what is said about these codes; the rows are kept."""
        ended = update(rows).where(rows.c.code.in_(tuple(codes)), rows.c.ended_at.is_(None))
        await self._session.execute(ended.values(ended_by=by[:LONGEST_NAME], ended_at=at))
