"""Carries the effects of a turn out, in the turn's transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.checklists.store import ChecklistStore
from bot.delivery.errors import StaleStateError
from bot.delivery.held_store import blank_earlier, blank_message
from bot.delivery.records import FinishedTurn
from bot.dialogue.effects import (
    AskForPerson,
    BeginDraft,
    BlankMessage,
    CountAskedOfPost,
    DropDraft,
    Effect,
    EndDossierAccess,
    EraseEverything,
    FollowFeedback,
    IssueResumeCode,
    KeepChecklist,
    LeaveOrganisation,
    LinkOrganisation,
    NoteDataRequest,
    Rate,
    RateDossier,
    RateFeedback,
    ReopenFeedback,
    SendDigest,
    SendFeedback,
    SmsWhenMissed,
    StopWatching,
    SupplementFeedback,
    TakeBackRequest,
    UseResumeCode,
    WatchDossier,
    WithdrawFeedback,
)
from bot.dialogue.postal_effects import KeepSlip, PostalEffect
from bot.dossiers.organisations.ports import LINKED_FOR
from bot.dossiers.organisations.store import Digest, OrganisationStore
from bot.dossiers.rating.answers import Answers
from bot.dossiers.rating.store import Rated, RatingStore
from bot.dossiers.store import Secrets
from bot.dossiers.watching.store import WatchStore
from bot.feedback.effects import FeedbackEffects
from bot.handover.store import HandOverStore
from bot.postal.asked import Topic
from bot.postal.asked_store import note_asked
from bot.privacy.register import PrivacyRegister
from bot.privacy.request_store import DataRequestStore
from bot.rating.store import note_rating
from bot.resume.store import ResumeStore

Rings = Callable[[AsyncSession, int, int, datetime], Awaitable[None]]
"""Takes the request's number, how many are open, and when it was made; see ``bot.handover.bell``."""


class KnowsOwners(Protocol):
    """Knows what an applicant can prove to know of a dossier, by keyed hashes."""

    async def secrets(self, session: AsyncSession, code: str) -> Secrets | None:
        """Return the hashes of a dossier; ``None`` for an unknown code."""
        ...


class TakesOwnSteps(Protocol):
    """Does what senders do to what they sent."""

    async def take(
        self, session: AsyncSession, ref: Ref, effect: SupplementFeedback | WithdrawFeedback, at: datetime
    ) -> None:
        """Take a supplement in, or a record back.

        Raises:
            StaleStateError: what the turn saw is not so any more; the turn is tried again.
        """
        ...


class TakesAfterAnswer(Protocol):
    """Does what senders want after their feedback was answered."""

    async def take(self, session: AsyncSession, ref: Ref, effect: RateFeedback | ReopenFeedback, at: datetime) -> None:
        """Keep a grade, or reopen.

        Raises:
            StaleStateError: what the turn saw is not so any more; the turn is tried again.
        """
        ...


class KeepsSlips(Protocol):
    """Does what people do with slips for the post."""

    async def take(self, session: AsyncSession, ref: Ref, effect: PostalEffect, language: str, at: datetime) -> None:
        """Keep, change, send or delete one.

        Raises:
            StaleStateError: what the turn saw is not so any more; the turn is tried again.
        """
        ...


@dataclass(frozen=True)
class EffectRunner:
    """Given to the delivery store as its ``apply``."""

    requests: HandOverStore
    privacy: PrivacyRegister
    checklists: ChecklistStore
    codes: ResumeStore
    watches: WatchStore
    organisations: OrganisationStore
    dossier_ratings: RatingStore
    feedback: FeedbackEffects
    own_feedback: TakesOwnSteps
    version: Callable[[], int]
    """Number of the live catalogue."""
    ring: Rings | None = None
    """Tells officials of a new request to speak to a person; ``None`` where nobody is told."""
    owners: KnowsOwners | None = None
    """What is known of the dossiers' owners; without it nobody is sent an SMS."""
    after_answer: TakesAfterAnswer | None = None
    """Takes what senders say after an answer; ``None`` where there is no feedback."""
    data_requests: DataRequestStore | None = None
    """What only officials can do about people's data."""
    slips: KeepsSlips | None = None
    """Slips for the post; ``None`` where none are filled in."""

    async def apply(self, session: AsyncSession, turn: FinishedTurn) -> None:
        """Carry out all effects of one turn, in their order."""
        for effect in turn.effects:
            await self._one(session, turn, effect)

    async def _one(self, session: AsyncSession, turn: FinishedTurn, effect: Effect) -> None:
        ref = turn.received.inbound.ref
        if isinstance(effect, PostalEffect):
            await self._slip(session, turn, effect)
            return
        match effect:
            case AskForPerson(question, unit):
                number = await self.requests.ask(session, ref, question, turn.at, turn.after.language, unit)
                if number is not None and self.ring is not None:
                    await self.ring(session, number, await self.requests.count_open(session), turn.at)
            case TakeBackRequest():
                await self.requests.take_back(session, ref, turn.at)
            case Rate():
                await note_rating(session, effect, ref.channel, turn.at)
            case EraseEverything():
                await self.privacy.erase(session, ref, turn.received.id, turn.at)
            case KeepChecklist(ticked):
                await self.checklists.keep(session, ref, ticked, self.version(), turn.at)
            case IssueResumeCode(code, snapshot):
                await self.codes.issue(session, code, snapshot, ref, turn.at)
            case UseResumeCode(code):
                if not await self.codes.use(session, code, turn.at):
                    raise StaleStateError("A resume code was used by another conversation meanwhile.")
            case LinkOrganisation() | LeaveOrganisation() | SendDigest():
                await self._organisation(session, turn, effect)
            case WatchDossier() | StopWatching() | SmsWhenMissed() | RateDossier() | EndDossierAccess():
                await self._dossier(session, turn, effect)
            case RateFeedback() | ReopenFeedback():
                if self.after_answer is not None:
                    await self.after_answer.take(session, ref, effect, turn.at)
            case BeginDraft() | DropDraft() | SendFeedback() | FollowFeedback():
                await self.feedback.apply(session, ref, effect, turn.at)
            case SupplementFeedback() | WithdrawFeedback():
                await self.own_feedback.take(session, ref, effect, turn.at)
            case NoteDataRequest(asked):
                if self.data_requests is not None:
                    await self.data_requests.note(session, ref, asked, turn.at)
            case CountAskedOfPost(topic, procedure):
                await note_asked(session, topic, procedure, turn.at)
            case BlankMessage():
                await blank_message(session, turn.received.id)

    async def _slip(self, session: AsyncSession, turn: FinishedTurn, effect: PostalEffect) -> None:
        if self.slips is not None:
            await self.slips.take(session, turn.received.inbound.ref, effect, turn.after.language, turn.at)
        if isinstance(effect, KeepSlip) and not effect.request.practice:
            await note_asked(session, Topic.REQUEST, effect.request.procedure_code, turn.at)

    async def _dossier(
        self,
        session: AsyncSession,
        turn: FinishedTurn,
        effect: WatchDossier | StopWatching | SmsWhenMissed | RateDossier | EndDossierAccess,
    ) -> None:
        ref = turn.received.inbound.ref
        match effect:
            case WatchDossier(code, level, back):
                await self.watches.start(session, ref, code, level, turn.at, back=back)
            case StopWatching(code):
                await self.watches.stop(session, ref, code or None, turn.at)
            case SmsWhenMissed(code, on):
                await self._sms(session, ref, code, on=on)
            case RateDossier(code, contacts, agencies, attitude, comment):
                rated = Rated(code, Answers(contacts, agencies, attitude), comment)
                await self.dossier_ratings.rate(session, ref, rated, turn.at)
            case EndDossierAccess():
                await self.watches.lower(session, ref)
                await blank_earlier(session, ref, turn.received.id)

    async def _sms(self, session: AsyncSession, ref: Ref, code: str, *, on: bool) -> None:
        known = await self.owners.secrets(session, code) if on and self.owners is not None else None
        await self.watches.allow_sms(session, ref, code, known.phone_key if known is not None else None)

    async def _organisation(
        self, session: AsyncSession, turn: FinishedTurn, effect: LinkOrganisation | LeaveOrganisation | SendDigest
    ) -> None:
        store, ref = self.organisations, turn.received.inbound.ref
        match effect:
            case LinkOrganisation(token, language):
                await store.link(session, ref, token, turn.at + LINKED_FOR, language)
            case LeaveOrganisation():
                await store.unlink(session, ref)
            case SendDigest(on, language):
                await store.set_digest(session, ref, Digest(on, language), turn.at)
