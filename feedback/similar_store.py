"""Reads public items and open records for comparing, and keeps who follows which item; never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.inserting import insertion
from feedback.publication.item import Published
from feedback.publication.store import read_item
from feedback.record import Address, Status
from feedback.tables import follower, publication, record


@dataclass(frozen=True)
class Follower:
    """A conversation that wants to know when an item moves."""

    where: Address
    language: str


class SimilarStore:
    """Public items and their followers in one database."""

    async def items(self, session: AsyncSession, ids: Sequence[int]) -> Sequence[Published]:
        """Return public items of records, in the order given."""
        rows = await session.execute(
            select(publication).where(publication.c.record.in_(ids), publication.c.hidden_at.is_(None))
        )
        found = {row.record: read_item(row) for row in rows}
        return [found[one] for one in ids if one in found]

    async def question(self, session: AsyncSession, record_id: int) -> str | None:
        """Return the redacted question of a record's public item; ``None`` when nothing is shown."""
        shown = publication.c.record == record_id, publication.c.hidden_at.is_(None)
        found: str | None = (await session.execute(select(publication.c.question).where(*shown))).scalar_one_or_none()
        return found

    async def slug_of(self, session: AsyncSession, record_id: int) -> str:
        """Return the last part of a record's permanent link; empty when nothing is shown."""
        shown = publication.c.record == record_id, publication.c.hidden_at.is_(None)
        found: str | None = (await session.execute(select(publication.c.slug).where(*shown))).scalar_one_or_none()
        return found or ""

    async def record_of(self, session: AsyncSession, slug: str) -> int | None:
        """Return the record of a public item; ``None`` when nothing is shown there."""
        shown = publication.c.slug == slug, publication.c.hidden_at.is_(None)
        found: int | None = (await session.execute(select(publication.c.record).where(*shown))).scalar_one_or_none()
        return found

    async def masked(self, session: AsyncSession, ids: Sequence[int]) -> Mapping[int, str]:
        """Return the masked texts of records."""
        rows = await session.execute(select(record.c.id, record.c.masked).where(record.c.id.in_(ids)))
        return {row.id: row.masked for row in rows}

    async def open_texts(
        self, session: AsyncSession, statuses: Sequence[Status], units: Sequence[str] | None, most: int
    ) -> Mapping[int, str]:
        """Return the masked texts of the newest records of some statuses; of all units for ``None``."""
        chosen = select(record.c.id, record.c.masked).where(record.c.status.in_(statuses))
        if units is not None:
            chosen = chosen.where(record.c.unit.in_(units))
        rows = await session.execute(chosen.order_by(record.c.entered_at.desc(), record.c.id.desc()).limit(most))
        return {row.id: row.masked for row in rows}

    async def follow(self, session: AsyncSession, record_id: int, where: Address, language: str, at: datetime) -> bool:
        """Note that a conversation follows a record; false when it did already."""
        row = {
            "record": record_id,
            "channel": where.channel,
            "account": where.account,
            "conversation": where.conversation,
            "language": language,
            "since": at,
        }
        noted = insertion(session, follower).values(row).on_conflict_do_nothing().returning(follower.c.record)
        return (await session.execute(noted)).one_or_none() is not None

    async def unfollow(self, session: AsyncSession, where: Address, record_id: int | None = None) -> None:
        """Forget that a conversation follows a record, or any."""
        gone = delete(follower).where(
            follower.c.channel == where.channel,
            follower.c.account == where.account,
            follower.c.conversation == where.conversation,
        )
        await session.execute(gone if record_id is None else gone.where(follower.c.record == record_id))

    async def followers(self, session: AsyncSession, record_id: int) -> Sequence[Follower]:
        """Return who follows a record, the first ones first."""
        rows = await session.execute(select(follower).where(follower.c.record == record_id).order_by(follower.c.since))
        return [Follower(Address(row.channel, row.account, row.conversation), row.language) for row in rows]
