"""Carries out what a turn does to feedback: drafts, sending, following. In the turn's transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.errors import StaleStateError
from bot.dialogue.effects import BeginDraft, DropDraft, FollowFeedback, SendFeedback
from bot.feedback.kept_drafts import DropsFiles
from feedback.draft_store import DraftStore
from feedback.intake import TooManyError
from feedback.record import Address, Receipt, Submission


class Receives(Protocol):
    """Takes what senders hand in; see ``feedback.intake.Intake``."""

    async def receive(self, session: AsyncSession, submission: Submission, at: datetime) -> Receipt:
        """Enter it once, however often it is sent."""
        ...


Follows = Callable[[AsyncSession, str, Address, str, datetime], Awaitable[None]]
"""Has a conversation told when a published item moves: its slug, the conversation, its language, the moment."""


@dataclass(frozen=True)
class FeedbackEffects:
    """See ``bot.effects.EffectRunner``."""

    drafts: DraftStore
    intake: Receives
    follows: Follows
    drops_files: DropsFiles
    draft_kept: timedelta
    """How long a draft is kept that nobody goes on with."""

    async def apply(
        self,
        session: AsyncSession,
        ref: Ref,
        effect: BeginDraft | DropDraft | SendFeedback | FollowFeedback,
        at: datetime,
    ) -> None:
        """Carry one effect out.

        Raises:
            StaleStateError: the conversation handed in all that it may meanwhile; the turn is tried again and says so.
        """
        where = Address(ref.channel, ref.account, ref.conversation)
        match effect:
            case BeginDraft(draft, version):
                await self.drafts.begin(session, draft, where, version, (at, at + self.draft_kept))
            case DropDraft(draft):
                await self.drops_files(session, draft)
                await self.drafts.drop(session, draft)
            case SendFeedback(submission):
                try:
                    await self.intake.receive(session, submission, at)
                except TooManyError as error:
                    raise StaleStateError("The conversation handed in too much meanwhile.") from error
                await self.drafts.drop(session, submission.draft)
            case FollowFeedback(slug, language):
                await self.follows(session, slug, where, language, at)
