"""Carries the effects of a turn out, in the turn's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.checklists.store import ChecklistStore
from bot.delivery.errors import StaleStateError
from bot.delivery.held_store import blank_message
from bot.delivery.records import FinishedTurn
from bot.dialogue.effects import (
    AskForPerson,
    BlankMessage,
    Effect,
    EraseEverything,
    IssueResumeCode,
    KeepChecklist,
    Rate,
    TakeBackRequest,
    UseResumeCode,
)
from bot.handover.store import HandOverStore
from bot.privacy.register import PrivacyRegister
from bot.rating.store import note_rating
from bot.resume.store import ResumeStore


@dataclass(frozen=True)
class EffectRunner:
    """Given to the delivery store as its ``apply``."""

    requests: HandOverStore
    privacy: PrivacyRegister
    checklists: ChecklistStore
    codes: ResumeStore
    version: Callable[[], int]
    """Number of the live catalogue."""

    async def apply(self, session: AsyncSession, turn: FinishedTurn) -> None:
        """Carry out all effects of one turn, in their order."""
        for effect in turn.effects:
            await self._one(session, turn, effect)

    async def _one(self, session: AsyncSession, turn: FinishedTurn, effect: Effect) -> None:
        ref = turn.received.inbound.ref
        match effect:
            case AskForPerson(question):
                await self.requests.ask(session, ref, question, turn.at)
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
            case BlankMessage():
                await blank_message(session, turn.received.id)
