"""Finds and deletes sample dossiers within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.record import Status
from bot.dossiers.tables import dossier, dossier_change


@dataclass(frozen=True)
class SampleLine:
    """A sample as far as it is in the open."""

    code: str
    status: Status
    due_at: datetime | None
    as_of: datetime


async def has_real(session: AsyncSession) -> bool:
    """Tell whether a dossier is kept that is no sample."""
    return await session.scalar(select(dossier.c.code).where(dossier.c.sample.is_(False)).limit(1)) is not None


async def sample_lines(session: AsyncSession, source: str) -> Sequence[SampleLine]:
    """Return the samples of a source."""
    chosen = select(dossier.c.code, dossier.c.status, dossier.c.due_at, dossier.c.as_of)
    rows = await session.execute(chosen.where(dossier.c.source == source, dossier.c.sample.is_(True)))
    return [SampleLine(code, Status(status), due_at, as_of) for code, status, due_at, as_of in rows]


async def delete_samples(session: AsyncSession, source: str) -> int:
    """Delete the samples of a source with their history; tell how many."""
    mine = select(dossier.c.code).where(dossier.c.source == source, dossier.c.sample.is_(True))
    await session.execute(delete(dossier_change).where(dossier_change.c.code.in_(mine)))
    gone = await session.execute(delete(dossier).where(dossier.c.source == source, dossier.c.sample.is_(True)))
    return gone.rowcount if isinstance(gone, CursorResult) else 0
