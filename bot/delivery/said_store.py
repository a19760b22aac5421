"""Reads again what a citizen said in one message, while it is kept. Within the caller's transaction."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import InboundKind, Ref
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
        if body is None:
            return ""
        try:
            found = self._sealing.open_inbound(body, ref, message)
        except UnreadableError:
            return ""
        return found.text if found.kind is InboundKind.TEXT else ""
