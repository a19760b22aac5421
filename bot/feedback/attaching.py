"""Takes files that senders attach: fetched from their channel or posted on our page, examined, and kept for their draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.channels.contract import Ref
from bot.delivery.ports import Transactions
from bot.dialogue.texts import Texts
from bot.dossiers.photos import FetchesFiles
from feedback.attachments.kinds import Refusal
from feedback.attachments.service import Attachments
from feedback.attachments.store import Attachment


@dataclass(frozen=True)
class Attaching:
    """Files of drafts, whichever way they come."""

    attachments: Attachments
    transactions: Transactions
    fetchers: Mapping[str, FetchesFiles]
    """By name of the channel; those that are switched on may enter themselves later."""
    clock: Callable[[], datetime]

    async def fetch(self, ref: Ref, file: str, name: str, draft: str) -> Attachment | Refusal:
        """Take a file that came through a channel; the very same one again is kept once."""
        fetcher = self.fetchers.get(ref.channel)
        found = await fetcher.fetch(file, self.attachments.limits.bytes) if fetcher is not None else None
        if found is None:
            return Refusal.BUSY
        return Refusal.TOO_LARGE if found.too_large else await self.take(draft, name, found.content)

    async def take(self, draft: str, name: str, content: bytes) -> Attachment | Refusal:
        """Take a file's bytes; nobody else's writing waits while it is examined."""
        examined = await self.attachments.examine(content)
        if isinstance(examined, Refusal):
            return examined
        async with self.transactions.write() as session:
            return await self.attachments.add(session, draft, name, examined, self.clock())

    async def of_draft(self, draft: str) -> Sequence[Attachment]:
        """Return a draft's files."""
        async with self.transactions.read() as session:
            return await self.attachments.of_draft(session, draft)

    async def leave_out(self, draft: str, id: str) -> bool:
        """Take a file off a draft again; tell whether it was there."""
        async with self.transactions.write() as session:
            return await self.attachments.leave_out(session, draft, id)

    def say(self, texts: Texts, found: Attachment | Refusal) -> str:
        """Return what a sender is told of a file."""
        if isinstance(found, Attachment):
            return texts.render("utter_attachment_kept", name=found.name)
        return texts.render(f"utter_attachment_{found}")
