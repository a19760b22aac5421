"""Finds the dossiers that are due, within the caller's transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.record import Status
from bot.dossiers.store import OPENED, DossierStore, Kept
from bot.dossiers.tables import OPEN, dossier

AT_ONCE = 1000


async def due_before(
    session: AsyncSession, store: DossierStore, before: datetime, statuses: Sequence[Status]
) -> AsyncIterator[Kept]:
    """Yield the dossiers of some statuses, none of which is an end, whose appointment lies before a moment, the most urgent first.

    Raises:
        UnreadableError: one was sealed with another key.
    """
    chosen = select(*OPENED).where(dossier.c.due_at < before, OPEN, dossier.c.status.in_(map(int, statuses)))
    rows = await session.stream(chosen.order_by(dossier.c.due_at, dossier.c.code).execution_options(yield_per=AT_ONCE))
    async for row in rows.mappings():
        yield store.opened(row)
