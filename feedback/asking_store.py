"""Finds records for whoever asks about them, without opening anything that is sealed; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.looks import Brief
from feedback.record import Address, Status
from feedback.tables import record, sender


@dataclass(frozen=True)
class Found:
    """What a receipt leads to."""

    id: int
    where: Address | None
    """Conversation that it was sent in."""
    tail: bytes | None = field(repr=False)
    """Keyed hash of the last four digits of the sender's telephone number; ``None`` where there is none."""


class AskingStore:
    """The records of one database, by what their senders know."""

    async def find(self, session: AsyncSession, receipt: str) -> Found | None:
        """Return where a receipt leads to; one statement, whether there is such a receipt or not."""
        columns = (record.c.id, sender.c.phone_tail, sender.c.channel, sender.c.account, sender.c.conversation)
        chosen = (
            select(*columns, sender.c.restricted_at)
            .join(sender, sender.c.record == record.c.id)
            .where(record.c.receipt == receipt)
        )
        row = (await session.execute(chosen)).one_or_none()
        if row is None:
            return None
        # Who asked for deletion has left this conversation: whoever sits there now needs the second fact.
        there = row.channel and row.restricted_at is None
        where = Address(row.channel, row.account, row.conversation) if there else None
        return Found(row.id, where, row.phone_tail)

    async def own(self, session: AsyncSession, where: Address, most: int) -> Sequence[Brief]:
        """Return what a conversation sent, the newest first; nothing of which deletion was asked for."""
        mine = (
            sender.c.channel == where.channel,
            sender.c.account == where.account,
            sender.c.conversation == where.conversation,
            sender.c.restricted_at.is_(None),
        )
        columns = (record.c.receipt, record.c.status, record.c.submitted_at, record.c.procedure_name)
        chosen = select(*columns).join(sender, sender.c.record == record.c.id).where(*mine)
        rows = await session.execute(chosen.order_by(record.c.id.desc()).limit(most))
        return [Brief(row.receipt, Status(row.status), row.submitted_at, row.procedure_name or "") for row in rows]
