"""Keeps who has which record open and who is typing, for seconds, within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.beside.tables import NAME, viewer
from feedback.inserting import insertion

OPEN = timedelta(seconds=90)
"""How long a page counts as open after it was last heard of: without its script it is heard of once."""
TYPES = timedelta(seconds=60)


@dataclass(frozen=True)
class Viewer:
    """Another official who has the record open."""

    account: str
    name: str
    seen_at: datetime
    typing: bool


class ViewerStore:
    """The open pages of one database."""

    async def see(
        self, session: AsyncSession, record_id: int, account: str, name: str, at: datetime, *, typing: bool = False
    ) -> Sequence[Viewer]:
        """Note that somebody has a record open, and return who else has."""
        row: dict[str, Any] = {"record": record_id, "account": account, "name": name[:NAME], "seen_at": at}
        if typing:
            row["typed_at"] = at
        keys = [viewer.c.record, viewer.c.account]
        changed = {one: value for one, value in row.items() if one not in ("record", "account")}
        put = insertion(session, viewer).values(row)
        await session.execute(put.on_conflict_do_update(index_elements=keys, set_=changed))
        # Rows in others' hands are left: two who both came back after a while would wait for each other's.
        old = select(viewer.c.record, viewer.c.account).where(viewer.c.seen_at < at - OPEN)
        gone = (await session.execute(old.with_for_update(skip_locked=True))).all()
        if gone:
            pairs = tuple_(viewer.c.record, viewer.c.account).in_([tuple(one) for one in gone])
            await session.execute(delete(viewer).where(pairs))
        return await self.others(session, record_id, account, at)

    async def others(self, session: AsyncSession, record_id: int, account: str, at: datetime) -> Sequence[Viewer]:
        """Return who else has a record open."""
        theirs = (viewer.c.record == record_id, viewer.c.account != account, viewer.c.seen_at >= at - OPEN)
        rows = await session.execute(select(viewer).where(*theirs).order_by(viewer.c.name))
        return [
            Viewer(row.account, row.name, row.seen_at, row.typed_at is not None and row.typed_at >= at - TYPES)
            for row in rows
        ]

    async def leave(self, session: AsyncSession, record_id: int, account: str) -> None:
        """Forget that somebody has a record open."""
        await session.execute(delete(viewer).where(viewer.c.record == record_id, viewer.c.account == account))
