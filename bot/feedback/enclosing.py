"""Gives letters the files that go along with them: those of a record, as long as they are there and no scanner refused them."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from bot.channels.mail.channel import Enclosed
from bot.delivery.ports import Transactions
from feedback.attachments.files import FileGoneError
from feedback.attachments.service import Attachments
from feedback.attachments.store import ScanState

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Enclosing:
    """See ``Encloses``."""

    transactions: Transactions
    attachments: Attachments

    async def file(self, id: str) -> Enclosed | None:
        """Return a file by its id; ``None`` for one that does not go along (any more)."""
        async with self.transactions.read() as session:
            one = await self.attachments.store.get(session, id)
        if one is None or one.state is ScanState.REFUSED:
            return None
        try:
            content = await asyncio.to_thread(self.attachments.files.read, id)
        except FileGoneError as error:
            logger.error("A letter leaves without a file of its record: %s", error)
            return None
        return Enclosed(one.name, one.kind.value, content)
