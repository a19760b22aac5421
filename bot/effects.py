"""Carries the effects of a turn out, in the turn's transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.held_store import blank_message
from bot.delivery.records import FinishedTurn
from bot.dialogue.effects import AskForPerson, BlankMessage, Effect, EraseEverything, Rate, TakeBackRequest
from bot.handover.store import HandOverStore
from bot.privacy.register import PrivacyRegister
from bot.rating.store import note_rating


@dataclass(frozen=True)
class EffectRunner:
    """Given to the delivery store as its ``apply``."""

    requests: HandOverStore
    privacy: PrivacyRegister

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
                await self.privacy.erase(session, ref, turn.received.id)
            case BlankMessage():
                await blank_message(session, turn.received.id)
