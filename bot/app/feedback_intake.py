"""Receiving feedback: the service with everything that it needs, bound to this house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.clock import present
from bot.channels.contract import Inbound
from bot.delivery.cipher import Cipher
from bot.delivery.ports import Transactions
from bot.dialogue.feedback_ports import Item, Taken
from bot.dossiers.photos import FetchesFiles
from bot.keyed_hash import KeyedHash
from bot.settings import Settings
from feedback.attachments.examining import Examiner
from feedback.attachments.files import SealedFiles
from feedback.attachments.kinds import Refusal
from feedback.attachments.service import Attachments, Limits
from feedback.attachments.store import AttachmentStore
from feedback.clock_store import ClockStore
from feedback.clocks import Timer
from feedback.intake import Intake
from feedback.log_store import LogStore
from feedback.office import Office
from feedback.outgoing_store import OutgoingStore
from feedback.ports import FoldsText, NamedProcedure, Suggestion
from feedback.record import About, Border, Classification, Kind
from feedback.register_store import RegisterStore
from feedback.similar import Similar, WordIndex
from feedback.similar_store import SimilarStore
from feedback.stepping import Stepping
from feedback.timekeeping import Clocks
from feedback.word_store import WordStore
from feedback.working_time.loading import WorkingTime
from nlu.catalogue.live import LiveCatalogue
from nlu.learning.masking import mask
from nlu.text import fold

_PIECE = 250
"""Letters that are masked at once: the masking cuts what is longer."""
MEGABYTE = 1024 * 1024


class FoldedWords:
    """See ``FoldsText``."""

    def fold(self, text: str) -> str:
        """See ``FoldsText.fold``."""
        return fold(text.lower())

    def mask(self, text: str) -> str:
        """See ``FoldsText.mask``; in pieces between words."""
        pieces: list[str] = []
        for word in text.split():
            if pieces and len(pieces[-1]) + len(word) < _PIECE:
                pieces[-1] += f" {word}"
            else:
                pieces.append(word)
        return " ".join(mask(piece) for piece in pieces)


class InDoubt:
    """Suggests nothing: every text goes to an official, whose word it is anyway. Until the border is fitted."""

    def suggest(self, text: str) -> Suggestion:
        """See ``UnderstandsFeedback.suggest``."""
        return Suggestion(Classification(Border.OTHER, Kind.REPORT, About.BOTH), 0.0, {Border.OTHER: 1.0})


@dataclass(frozen=True)
class LiveNames:
    """See ``NamesProcedures``: by the index in memory, which knows the names."""

    catalogue: LiveCatalogue

    def procedure(self, code: str) -> NamedProcedure | None:
        """See ``NamesProcedures.procedure``."""
        index = self.catalogue.index
        found = {codes[0]: name for codes, name in zip(index.members, index.names, strict=True)} if index else {}
        return NamedProcedure(code, found[code], "") if code in found else None


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
        file = str(inbound.data.get("file") or inbound.data.get("url") or "")
        found = await fetcher.fetch(file, self.most_bytes) if fetcher is not None and file else None
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
        """Examine first: that takes seconds, and no transaction waits for it."""
        found = await self.attachments.examine(content)
        if isinstance(found, Refusal):
            return found
        async with self.transactions.write() as session:
            kept = await self.attachments.add(session, draft, name, found, present())
        return kept if isinstance(kept, Refusal) else kept.name


def make_attachments(settings: Settings, office: Office, cipher: Cipher) -> Attachments:
    """Return what keeps files."""
    limits = Limits(office.policy.files, office.policy.file_megabytes * MEGABYTE)
    return Attachments(AttachmentStore(cipher), SealedFiles(settings.feedback.files, cipher), Examiner(), limits)


def make_similar(words: FoldsText) -> Similar:
    """Return what finds published items."""
    return Similar(WordStore(), SimilarStore(), words)


def make_intake(
    settings: Settings,
    office: Office,
    cipher: Cipher,
    catalogue: LiveCatalogue,
    time: WorkingTime,
    attachments: Attachments,
) -> Intake:
    """Put the service together."""
    signing_key, _ = settings.require_keys()
    words, log, outgoing = FoldedWords(), LogStore(cipher), OutgoingStore(cipher, present)
    register = RegisterStore(cipher, KeyedHash("feedback", signing_key.reveal()), words)
    timer = Timer(time.rules, time.hours(office.province or None), office.province)
    after = (Clocks(ClockStore(), timer), WordIndex(WordStore(), SimilarStore(), words))
    stepping = Stepping(register, log, outgoing, words, office, after)
    return Intake(stepping, attachments, outgoing, words, LiveNames(catalogue))
