"""Shows the pictures and files that people send to the official who has their conversation; nothing of them is kept.

A message says where its channel keeps what was sent. Only when the official asks for it is it fetched, made anew as what
senders attach to feedback is, and written down as read; it goes with the message's own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Inbound, Ref
from bot.delivery.ports import Transactions
from bot.dossiers.photos import FetchesFiles
from bot.handover.desk import Log
from bot.handover.lines import place_of
from bot.handover.steps import Step
from bot.handover.store import HandOverStore
from feedback.actor import Actor
from feedback.attachments.examining import Examined, Examiner, Verdict
from feedback.attachments.kinds import MediaKind, Refusal
from feedback.attachments.names import clean_name


class Missing(StrEnum):
    """Why nothing can be shown, beside what the file itself is."""

    NOT_YOURS = "not_yours"
    """The conversation is in nobody's or somebody else's hands, or the message is not of this request."""
    ERASED = "erased"
    """The message's words are gone: too old, or deleted as the person asked."""
    NOT_HANDED_OVER = "not_handed_over"
    """The channel is off, did not answer, or has it no more."""


@dataclass(frozen=True)
class Opened:
    """A file as it may be shown."""

    name: str = field(repr=False)
    kind: MediaKind
    content: bytes = field(repr=False)
    scanned: bool
    """Whether a scanner looked at it."""


class Messages(Protocol):
    """What was said, by its number."""

    async def sent(self, session: AsyncSession, ref: Ref, number: int, since: datetime) -> Inbound | None:
        """Return a message of a conversation that came at a moment or later; ``None`` for none, or one without words."""
        ...


@dataclass(frozen=True)
class SentFiles:
    """See the module."""

    transactions: Transactions
    store: HandOverStore
    messages: Messages
    fetchers: Mapping[str, FetchesFiles]
    """By channel; those that are switched on may enter themselves later."""
    examiner: Examiner
    most_bytes: int
    """Of one file."""
    log: Log

    async def open(self, number: int, actor: Actor, message: int, at: datetime) -> Opened | Refusal | Missing:
        """Return a file that a person sent since they asked for an official, and write down that it was read.

        Args:
            number: of the request; it must be in the official's hands, before it is fetched and after.
            actor: who wants to see it.
            message: number of the message.
            at: now.
        """
        sent = await self._sent(number, actor, message)
        if isinstance(sent, Missing):
            return sent
        found = await self._fetched(sent)
        if not isinstance(found, Examined):
            return found
        async with self.transactions.write() as session:
            if await self.store.held(session, number, actor.id) is None:
                return Missing.NOT_YOURS
            await self.log(session, actor.id, Step.FILE_READ.value, f"handover:{number}", found.kind.value, at)
        name = clean_name(str(sent.data.get("name") or ""), found.kind)
        return Opened(name, found.kind, found.content, found.verdict is Verdict.CLEAN)

    async def _sent(self, number: int, actor: Actor, message: int) -> Inbound | Missing:
        async with self.transactions.read() as session:
            request = await self.store.held(session, number, actor.id)
            if request is None:
                return Missing.NOT_YOURS
            sent = await self.messages.sent(session, request.ref, message, request.asked_at)
        return sent if sent is not None and place_of(sent) else Missing.ERASED

    async def _fetched(self, sent: Inbound) -> Examined | Refusal | Missing:
        fetcher = self.fetchers.get(sent.ref.channel)
        found = await fetcher.fetch(place_of(sent), self.most_bytes) if fetcher is not None else None
        if found is None:
            return Missing.NOT_HANDED_OVER
        if found.too_large:
            return Refusal.TOO_LARGE
        return await self.examiner.examine(found.content, self.most_bytes)
