"""Reads and writes what is switched off, in the session of the unit of work; never commits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.silences import LONGEST_DAYS, Silence, SilenceError, day_of
from nlu.catalogue.tables import silence as rows
from nlu.understanding import Aspect

LONGEST_REASON = 500


class SilenceStore:
    """The rows of ``catalogue_silence``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def in_force(self) -> list[Silence]:
        """Return what nobody took back, oldest first; some of it may have run out by itself."""
        found = await self._session.execute(select(rows).where(rows.c.ended_at.is_(None)).order_by(rows.c.id))
        return [_silence(row) for row in found]

    async def of(self, code: str) -> list[Silence]:
        """Return what nobody took back of one code."""
        wanted = and_(rows.c.code == code, rows.c.ended_at.is_(None))
        return [_silence(row) for row in await self._session.execute(select(rows).where(wanted).order_by(rows.c.id))]

    async def add(self, wanted: Silence) -> Silence:
        """Switch something off; one that has run out meanwhile makes room.

        Raises:
            SilenceError: there is no reason, its last day lies behind or too far ahead, or it is switched off already.
        """
        today = day_of(wanted.at)
        if not wanted.reason.strip():
            raise SilenceError("say why it is switched off: whoever comes next must know")
        if not 0 <= (wanted.until - today).days <= LONGEST_DAYS:
            raise SilenceError(f"its last day must lie between today and {LONGEST_DAYS} days ahead")
        await self._end(and_(*_same(wanted), rows.c.until < today), wanted.by, wanted.at)
        values = {
            "code": wanted.code,
            "aspect": wanted.aspect.value if wanted.aspect else "",
            "reason": wanted.reason.strip()[:LONGEST_REASON],
            "until": wanted.until,
            "made_by": wanted.by[:64],
            "made_at": wanted.at,
            "ended_by": "",
        }
        try:
            made = await self._session.execute(insert(rows), values)
        except IntegrityError as error:
            raise SilenceError(f"{wanted.code} is switched off already; take that back first") from error
        return replace(wanted, id=int(getattr(made, "inserted_primary_key", (0,))[0]))

    async def end(self, number: int, by: str, at: datetime) -> Silence:
        """Switch something on again, and return what it was.

        Raises:
            SilenceError: it is on already.
        """
        row = (await self._session.execute(select(rows).where(rows.c.id == number, rows.c.ended_at.is_(None)))).first()
        if row is None or not await self._end(rows.c.id == number, by, at):
            raise SilenceError(f"nothing is switched off under number {number}; somebody may have taken it back")
        return _silence(row)

    async def _end(self, which: Any, by: str, at: datetime) -> bool:
        ended = update(rows).where(which, rows.c.ended_at.is_(None)).values(ended_by=by[:64], ended_at=at)
        return bool(getattr(await self._session.execute(ended), "rowcount", 0))


def _same(wanted: Silence) -> tuple[Any, Any]:
    return rows.c.code == wanted.code, rows.c.aspect == (wanted.aspect.value if wanted.aspect else "")


def _silence(row: Row[Any]) -> Silence:
    known = {aspect.value: aspect for aspect in Aspect}
    until: date = row.until
    return Silence(row.id, row.code, known.get(row.aspect), row.reason, until, row.made_by, row.made_at)
