"""Counts in which month what was not understood, in the session of the unit of work; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.silences import day_of
from nlu.learning.review import Kept, Reason, Sighting
from nlu.learning.tables import review_months as months
from nlu.learning.tables import review_questions as rows


@dataclass(frozen=True)
class Met:
    """How often one question was met in one month."""

    month: str
    count: int
    text: str
    """Masked."""
    reason: Reason
    code: str
    """Procedure that it means, or may mean: decided by a reviewer, picked by a citizen, or the best candidate."""
    decided: bool
    """Whether a reviewer said so."""


class MonthStore:
    """The rows of ``review_month``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def note_all(self, noted: Sequence[tuple[Sighting, datetime]]) -> None:
        """Count messages in their months."""
        values = [{"hash": sighting.hash, "month": month_of(at), "count": 1} for sighting, at in noted]
        if values:
            await self._session.execute(_counting(self._session.get_bind().dialect.name), values)

    async def met(self, month: str, limit: int = 5000) -> list[Met]:
        """Return what was met in a month such as ``2026-06``, what was met most often first."""
        kept = ("text", "reason", "candidates", "suggested", "decided_code")
        query = select(months.c.month, months.c.count, *(rows.c[name] for name in kept))
        query = query.join(rows, rows.c.hash == months.c.hash).where(months.c.month == month)
        # In the order of the index: a month of thousands of questions need not be sorted.
        found = await self._session.execute(query.order_by(months.c.count.desc(), months.c.hash.desc()).limit(limit))
        return [_met(row) for row in found]

    async def totals(self) -> dict[str, int]:
        """Return how much was met in each month, newest first."""
        query = select(months.c.month, func.sum(months.c.count)).group_by(months.c.month)
        found = await self._session.execute(query.order_by(months.c.month.desc()))
        return {row[0]: int(row[1]) for row in found}

    async def forget(self) -> None:
        """Delete the counts of questions that are gone."""
        there = select(rows.c.hash).where(rows.c.hash == months.c.hash).exists()
        await self._session.execute(delete(months).where(~there))


def month_of(at: datetime) -> str:
    """Return the month in Vietnam."""
    return f"{day_of(at):%Y-%m}"


@cache
def _counting(dialect: str) -> Any:
    insertion = (postgresql if dialect == "postgresql" else sqlite).insert(months)
    more = {"count": months.c.count + 1}
    return insertion.on_conflict_do_update(index_elements=[months.c.hash, months.c.month], set_=more)


def _met(row: Any) -> Met:
    candidates = msgspec.json.decode(row.candidates, type=tuple[Kept, ...])
    best = candidates[0].code if candidates else ""
    code = row.decided_code or row.suggested or best
    return Met(row.month, row.count, row.text, Reason(row.reason), code, bool(row.decided_code))
