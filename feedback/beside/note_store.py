"""Keeps officials' private notes, sealed, within the caller's transaction; never commits and checks no rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.beside.tables import note
from feedback.ports import Seals
from feedback.sealed import SealedColumn, tried
from feedback.tables import record

_ROWS = 500
"""Deleted in one look; what is over waits for the next."""


@dataclass(frozen=True)
class Note:
    """What one official tells the others."""

    id: int
    record: int
    author: str
    unit: str
    at: datetime
    text: str | None = field(repr=False)
    """``None`` when it cannot be opened."""


class NoteStore:
    """The notes of one database."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals

    async def add(self, session: AsyncSession, record_id: int, author: str, unit: str, text: str, at: datetime) -> None:
        """Keep a note."""
        row = {"record": record_id, "author": author, "unit": unit, "at": at, "body": b""}
        id = (await session.execute(insert(note).values(row).returning(note.c.id))).scalar_one()
        sealed = self._seals.seal(text.encode(), _about(id))
        await session.execute(update(note).where(note.c.id == id).values(body=sealed))

    async def of(self, session: AsyncSession, record_id: int) -> Sequence[Note]:
        """Return a record's notes, the oldest first."""
        rows = await session.execute(select(note).where(note.c.record == record_id).order_by(note.c.id))
        return [self._note(row) for row in rows]

    async def drop(self, session: AsyncSession, record_id: int, id: int, author: str) -> bool:
        """Delete an own note; tell whether it was there."""
        mine = (note.c.id == id, note.c.record == record_id, note.c.author == author)
        return _some(await session.execute(delete(note).where(*mine)))

    async def forget(self, session: AsyncSession, ended_before: datetime) -> int:
        """Delete the notes of records that ended before a moment; tell how many."""
        old = select(note.c.id).join(record, record.c.id == note.c.record)
        ids = (await session.scalars(old.where(record.c.ended_at < ended_before).limit(_ROWS))).all()
        await session.execute(delete(note).where(note.c.id.in_(ids)))
        return len(ids)

    def _note(self, row: Row[Any]) -> Note:
        opened = tried(self._seals.open, row.body, _about(row.id))
        return Note(row.id, row.record, row.author, row.unit, row.at, None if opened is None else opened.decode())


def _some(result: object) -> bool:
    return isinstance(result, CursorResult) and result.rowcount > 0


def _about(id: int) -> str:
    return f"feedback note {id}"


SEALED = (SealedColumn(note, "body", lambda row: _about(row.id)),)
