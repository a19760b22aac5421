"""Finds the dossiers that are due, within the caller's transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dossiers.record import Status
from bot.dossiers.store import OPENED, DossierStore, Kept
from bot.dossiers.tables import OPEN, dossier

AT_ONCE = 150
"""Rows asked for in one statement: a little more than a page shows, since each brings its sealed body along.

They are not streamed: on SQLite a statement fetches all of its rows before the first one is seen (``bot.sqlite_driver``).
"""


@dataclass(frozen=True)
class Due:
    """A dossier that is due, not opened yet: that takes longer than all else, and many are another unit's."""

    code: str
    unit: str
    """Name of the unit that received it; empty for unknown."""
    appointment: datetime
    open: Callable[[], Kept]
    """Raises ``UnreadableError`` when it was sealed with another key."""


async def due_before(
    session: AsyncSession,
    store: DossierStore,
    before: datetime,
    statuses: Sequence[Status],
    since: datetime | None = None,
    after: tuple[datetime, str] | None = None,
) -> AsyncIterator[Due]:
    """Yield the dossiers of some statuses, none of which is an end, by appointment, the most urgent first.

    Args:
        session: to read in.
        store: opens them.
        before: their appointment lies before this.
        statuses: of which they are.
        since: their appointment lies at or after this, where given.
        after: appointment and code of the last one that was seen; what follows it is wanted.
    """
    chosen = select(*OPENED, dossier.c.due_at, dossier.c.unit).where(
        dossier.c.due_at < before, OPEN, dossier.c.status.in_(map(int, statuses))
    )
    if since is not None:
        chosen = chosen.where(dossier.c.due_at >= since)
    chosen = chosen.order_by(dossier.c.due_at, dossier.c.code).limit(AT_ONCE)
    while True:
        # Twice the same, once so that the index finds the place.
        place = [dossier.c.due_at >= after[0], tuple_(dossier.c.due_at, dossier.c.code) > after] if after else []
        rows = (await session.execute(chosen.where(*place))).mappings().all()
        for row in rows:
            yield Due(row["code"], row["unit"] or "", row["due_at"], partial(store.opened, row))
        if len(rows) < AT_ONCE:
            return
        after = rows[-1]["due_at"], rows[-1]["code"]
