"""Keeps the deadlines of records within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import CursorResult, Row, and_, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.clocks import Deadline, State
from feedback.record import ENDED, Book, Status
from feedback.tables import deadline, record
from feedback.working_time.pauses import Pause


@dataclass(frozen=True)
class Standing:
    """An open deadline with what the log and a reminder say of its record."""

    deadline: Deadline
    status: Status
    receipt: str
    register_number: str
    book: Book


@dataclass(frozen=True)
class Bounds:
    """Which open deadlines somebody is to be reminded of now."""

    soon: datetime
    """Those that end before it are near."""
    overdue: datetime
    very_overdue: datetime
    duties: frozenset[str]
    """Rules of which an end can be missed; of the others only a near end is told."""


class ClockStore:
    """The deadlines of one database."""

    async def of(self, session: AsyncSession, record_id: int) -> Sequence[Deadline]:
        """Return the deadlines of a record, the oldest first."""
        rows = select(deadline).where(deadline.c.record == record_id).order_by(deadline.c.id)
        return [_deadline(row) for row in await session.execute(rows)]

    async def save(self, session: AsyncSession, deadlines: Sequence[Deadline]) -> None:
        """Write new deadlines and those that changed."""
        for one in deadlines:
            if one.id:
                await session.execute(update(deadline).where(deadline.c.id == one.id).values(_row(one)))
            else:
                await session.execute(insert(deadline).values(_row(one)))

    async def move(self, session: AsyncSession, before: Deadline, after: Deadline) -> bool:
        """Move an open deadline; false when a step or another process changed it meanwhile."""
        still = and_(deadline.c.id == before.id, deadline.c.state == State.OPEN, deadline.c.due_at == before.due_at)
        return await _changed(session, update(deadline).where(still).values(_row(after)))

    async def remind(self, session: AsyncSession, one: Deadline, stage: int) -> bool:
        """Mark that somebody was reminded; false when another process did so meanwhile, or it is not open any more."""
        still = and_(deadline.c.id == one.id, deadline.c.state == State.OPEN, deadline.c.reminded == one.reminded)
        return await _changed(session, update(deadline).where(still).values(reminded=stage))

    async def open_ones(self, session: AsyncSession, after: int, most: int) -> Sequence[Standing]:
        """Return running deadlines of records that have not ended, in order of their ids."""
        chosen = _STANDING.where(deadline.c.id > after, deadline.c.due_at.is_not(None)).order_by(deadline.c.id)
        return [_standing(row) for row in await session.execute(chosen.limit(most))]

    async def to_remind(self, session: AsyncSession, bounds: Bounds, most: int) -> Sequence[Standing]:
        """Return the deadlines whose next reminder is due, the most urgent first."""
        duty = deadline.c.rule.in_(bounds.duties)
        ahead = or_(duty, deadline.c.due_at >= bounds.overdue)
        near = and_(ahead, deadline.c.reminded < 1, deadline.c.due_at < bounds.soon)
        missed = and_(duty, deadline.c.reminded < 2, deadline.c.due_at < bounds.overdue)
        long_missed = and_(duty, deadline.c.reminded < 3, deadline.c.due_at < bounds.very_overdue)
        chosen = _STANDING.where(deadline.c.due_at < bounds.soon, or_(near, missed, long_missed))
        rows = await session.execute(chosen.order_by(deadline.c.due_at, deadline.c.id).limit(most))
        return [_standing(row) for row in rows]


_STANDING = (
    select(deadline, record.c.status, record.c.receipt, record.c.number, record.c.year, record.c.book)
    .join(record, record.c.id == deadline.c.record)
    .where(deadline.c.state == State.OPEN, record.c.status.not_in(ENDED))
)


class _Wait(msgspec.Struct, array_like=True):
    asked_at: datetime
    supplied_at: datetime | None = None


def _row(one: Deadline) -> dict[str, Any]:
    waits = [
        _Wait(_utc(pause.asked_at), _utc(pause.supplied_at) if pause.supplied_at else None) for pause in one.pauses
    ]
    return {
        "record": one.record,
        "rule": one.rule,
        "province": one.province or None,
        "started_at": one.started_at,
        "due_at": one.due_at,
        "met_at": one.met_at,
        "state": one.state,
        "unit": one.unit,
        "pauses": msgspec.json.encode(waits).decode(),
        "reminded": one.reminded,
        "sample": one.sample,
    }


def _deadline(row: Row[Any]) -> Deadline:
    waits = msgspec.json.decode(row.pauses, type=list[_Wait])
    return Deadline(
        record=row.record,
        rule=row.rule,
        province=row.province or "",
        started_at=row.started_at,
        due_at=row.due_at,
        unit=row.unit,
        state=State(row.state),
        met_at=row.met_at,
        pauses=tuple(Pause(wait.asked_at, wait.supplied_at) for wait in waits),
        reminded=row.reminded,
        sample=row.sample,
        id=row.id,
    )


def _standing(row: Row[Any]) -> Standing:
    return Standing(_deadline(row), Status(row.status), row.receipt, f"{row.number}/{row.year}", Book(row.book))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


async def _changed(session: AsyncSession, change: Any) -> bool:
    result = await session.execute(change)
    return isinstance(result, CursorResult) and result.rowcount == 1
