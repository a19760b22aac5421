"""Reads and writes which files belong to which draft or record, within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.attachments.kinds import MediaKind
from feedback.ports import Seals
from feedback.sealed import SealedColumn
from feedback.tables import attachment, draft


class ScanState(StrEnum):
    """What is known of a file's harmlessness."""

    PENDING = "pending"
    """Not scanned: officials see that it is not."""
    CLEAN = "clean"
    REFUSED = "refused"
    """A later scan found something: it is not handed out any more."""


@dataclass(frozen=True)
class Attachment:
    """A file of a draft or record."""

    id: str
    name: str = field(repr=False)
    """As the sender called it."""
    kind: MediaKind
    size: int
    sha256: bytes = field(repr=False)
    state: ScanState
    stored_at: datetime
    record: int | None = None
    draft: str | None = None


class AttachmentStore:
    """Which files there are."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals

    async def add(self, session: AsyncSession, one: Attachment) -> None:
        """Note a file."""
        row = {
            "id": one.id,
            "record": one.record,
            "draft": one.draft,
            "name": self._seals.seal(one.name.encode(), _about(one.id)),
            "kind": one.kind.value,
            "size": one.size,
            "sha256": one.sha256,
            "state": one.state.value,
            "stored_at": one.stored_at,
        }
        await session.execute(insert(attachment).values(row))

    async def hold(self, session: AsyncSession, id: str) -> bool:
        """Keep other writers off a draft's files: two at once do not make one more than allowed; tell whether it is still there."""
        held = select(draft.c.id).where(draft.c.id == id).with_for_update()
        return (await session.execute(held)).one_or_none() is not None

    async def of_draft(self, session: AsyncSession, draft: str) -> Sequence[Attachment]:
        """Return a draft's files in the order in which they came."""
        return await self._where(session, attachment.c.draft == draft)

    async def of_record(self, session: AsyncSession, record: int) -> Sequence[Attachment]:
        """Return a record's files in the order in which they came."""
        return await self._where(session, attachment.c.record == record)

    async def get(self, session: AsyncSession, id: str) -> Attachment | None:
        """Return a file; ``None`` for none."""
        found = await self._where(session, attachment.c.id == id)
        return found[0] if found else None

    async def adopt(self, session: AsyncSession, draft: str, record: int) -> int:
        """Give a draft's files to a record; return how many they were. Doing it again changes nothing."""
        given = update(attachment).where(attachment.c.draft == draft).values(draft=None, record=record)
        return len((await session.execute(given.returning(attachment.c.id))).all())

    async def drop(self, session: AsyncSession, ids: Collection[str]) -> None:
        """Forget files; their bytes are swept afterwards."""
        await session.execute(delete(attachment).where(attachment.c.id.in_(list(ids))))

    async def known(self, session: AsyncSession, ids: Collection[str]) -> frozenset[str]:
        """Return which of some ids are of files that are known."""
        rows = await session.execute(select(attachment.c.id).where(attachment.c.id.in_(list(ids))))
        return frozenset(rows.scalars())

    async def pending(self, session: AsyncSession, most: int, after: str = "") -> Sequence[str]:
        """Return ids of files that no scanner has judged."""
        wanted = attachment.c.state == ScanState.PENDING, attachment.c.id > after
        rows = await session.execute(select(attachment.c.id).where(*wanted).order_by(attachment.c.id).limit(most))
        return rows.scalars().all()

    async def judge(self, session: AsyncSession, id: str, state: ScanState) -> None:
        """Note what a scanner said."""
        await session.execute(update(attachment).where(attachment.c.id == id).values(state=state.value))

    async def _where(self, session: AsyncSession, wanted: Any) -> Sequence[Attachment]:
        asked = select(attachment).where(wanted).order_by(attachment.c.stored_at, attachment.c.id)
        return [self._read(row) for row in await session.execute(asked)]

    def _read(self, row: Row[Any]) -> Attachment:
        return Attachment(
            row.id,
            self._seals.open(row.name, _about(row.id)).decode(),
            MediaKind(row.kind),
            row.size,
            row.sha256,
            ScanState(row.state),
            row.stored_at,
            row.record,
            row.draft,
        )


def _about(id: str) -> str:
    return f"feedback attachment name {id}"


SEALED = (SealedColumn(attachment, "name", lambda row: _about(row.id)),)
