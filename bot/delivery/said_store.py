"""Reads again what a citizen sent in one message, while it is kept. Within the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.delivery.places import of
from bot.delivery.sealing import Sealing
from bot.delivery.tables import inbox


class SaidStore:
    """The messages of the inbox."""

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher for what is kept at rest."""
        self._sealing = Sealing(cipher)

    async def text(self, session: AsyncSession, ref: Ref, message: str) -> str:
        """Return the words of a message by the channel's id; empty when there are none any more."""
        chosen = select(inbox.c.body).where(of(inbox, ref), inbox.c.message_id == message)
        body = (await session.execute(chosen)).scalar_one_or_none()
        found = self._opened(body, ref, message)
        return found.text if found is not None and found.kind is InboundKind.TEXT else ""

    async def sent(self, session: AsyncSession, ref: Ref, number: int, since: datetime) -> Inbound | None:
        """Return a message of a conversation by its number in the inbox.

        ``None`` for another conversation's, one that came before a moment, or one whose words are gone.
        """
        chosen = select(inbox.c.body, inbox.c.message_id).where(
            of(inbox, ref), inbox.c.id == number, inbox.c.received_at >= since
        )
        row = (await session.execute(chosen)).one_or_none()
        return self._opened(row.body, ref, row.message_id) if row is not None else None

    def _opened(self, body: bytes | None, ref: Ref, message: str) -> Inbound | None:
        if body is None:
            return None
        try:
            return self._sealing.open_inbound(body, ref, message)
        except UnreadableError:
            return None
