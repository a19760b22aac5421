"""What taking feedback in reads and writes of this house: files, similar items, what a text seems to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.clock import present
from bot.channels.contract import Inbound
from bot.delivery.ports import Transactions
from bot.dialogue.feedback_ports import Item, Taken
from bot.dossiers.photos import FetchesFiles
from feedback.attachments.kinds import Refusal
from feedback.attachments.service import Attachments
from feedback.similar import Similar


@dataclass(frozen=True)
class FoundSimilar:
    """See ``FindsSimilar``."""

    transactions: Transactions
    similar: Similar
    address: str
    """In front of an item's slug; empty for no public page."""

    async def find(self, text: str, procedure_code: str) -> Sequence[Item]:
        """See ``FindsSimilar.find``."""
        async with self.transactions.read() as session:
            found = await self.similar.find(session, text, procedure_code)
        return [
            Item(
                one.slug,
                one.question,
                one.answer,
                f"{self.address}{one.slug}" if self.address else "",
                one.procedure_name,
                one.published_at,
                sample=one.sample,
                trial=one.trial,
            )
            for one in found
        ]


@dataclass(frozen=True)
class ChatFiles:
    """Attaches what was sent in a chat or on the form page. See ``TakesFiles`` and ``FormFiles``."""

    transactions: Transactions
    attachments: Attachments
    fetchers: Mapping[str, FetchesFiles]
    """By channel; those that are switched on may enter themselves later."""

    @property
    def most_bytes(self) -> int:
        """Of one file."""
        return self.attachments.limits.bytes

    async def take(self, draft: str, inbound: Inbound) -> Taken:
        """See ``TakesFiles.take``."""
        fetcher = self.fetchers.get(inbound.ref.channel)
        found = await fetcher.fetch(inbound.file, self.most_bytes) if fetcher is not None and inbound.file else None
        if found is None:
            return Taken(refused=f"utter_attachment_{Refusal.BUSY}")
        if found.too_large:
            return Taken(refused=f"utter_attachment_{Refusal.TOO_LARGE}")
        name = str(inbound.data.get("name") or "")
        kept = await self._keep(draft, name, found.content)
        return Taken(refused=f"utter_attachment_{kept}") if isinstance(kept, Refusal) else Taken(kept)

    async def keep(self, draft: str, name: str, content: bytes) -> str:
        """See ``FormFiles.keep``."""
        kept = await self._keep(draft, name, content)
        return f"utter_attachment_{kept}" if isinstance(kept, Refusal) else ""

    async def count(self, draft: str) -> int:
        """See ``FormFiles.count``."""
        async with self.transactions.read() as session:
            return await self.count_in(session, draft)

    async def count_in(self, session: AsyncSession, draft: str) -> int:
        """Return how many files a draft has."""
        return len(await self.attachments.of_draft(session, draft))

    async def _keep(self, draft: str, name: str, content: bytes) -> str | Refusal:
        """Examine and write first: that takes seconds, and no transaction waits for it; what is one too many is swept."""
        found = await self.attachments.examine(content)
        if isinstance(found, Refusal):
            return found
        written = await self.attachments.write(found)
        async with self.transactions.write() as session:
            kept = await self.attachments.add_to_open(session, draft, name, found, present(), written)
        return kept if isinstance(kept, Refusal) else kept.name
