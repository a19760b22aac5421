"""Finds sample feedback within the caller's transaction; never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.tables import event, record
from feedback.transitions import Action


@dataclass(frozen=True)
class SampleMade:
    """A sample in the register."""

    id: int
    done: frozenset[Action]
    """What its log tells of."""


async def oldest_sample(session: AsyncSession) -> datetime | None:
    """Return when the first sample came; ``None`` where there is none."""
    came: datetime | None = await session.scalar(
        select(func.min(record.c.submitted_at)).where(record.c.sample.is_(True))
    )
    return came


async def sample_of(session: AsyncSession, came: datetime) -> SampleMade | None:
    """Return the sample that came at a moment; ``None`` where there is none."""
    chosen = select(record.c.id, event.c.action).join(event, event.c.record == record.c.id)
    rows = (await session.execute(chosen.where(record.c.sample.is_(True), record.c.submitted_at == came))).all()
    return SampleMade(rows[0].id, frozenset(Action(row.action) for row in rows)) if rows else None
