"""Lets the talk ask where feedback stands: counted and committed first, and answered at a beat where a second fact is tried."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.errors import StaleStateError
from bot.delivery.ports import Transactions
from bot.dialogue.effects import SupplementFeedback, WithdrawFeedback
from bot.dossiers.access.beat import Beat
from feedback.actor import CITIZEN, Actor
from feedback.asking import Alarm, StatusDesk
from feedback.errors import FeedbackError
from feedback.looks import Brief, Look
from feedback.record import Address
from feedback.working_time.zone import here

logger = logging.getLogger(__name__)

_SHORT = 8


@dataclass(frozen=True)
class SentFeedback:
    """See ``bot.dialogue.feedback_status_ports.LooksUpFeedback``."""

    transactions: Transactions
    desk: StatusDesk
    beat: Beat

    async def look(self, ref: Ref, receipt: str, four: str | None, now: datetime, source: str) -> Look:
        """Answer for a receipt."""
        began = self.beat.now()
        async with self.transactions.write() as session:
            look = await self.desk.look(session, receipt, four, address_of(ref), now, source)
        if four is not None:
            await self.beat.wait(began)
        return look

    async def own(self, ref: Ref) -> Sequence[Brief]:
        """Return what a conversation sent."""
        async with self.transactions.read() as session:
            return await self.desk.own(session, address_of(ref))


class Supplements(Protocol):
    """Takes a supplement in; see ``feedback.supplementing``."""

    async def supplement(
        self, session: AsyncSession, actor: Actor, record_id: int, text: str, at: datetime, draft: str = ""
    ) -> object:
        """Take in what the sender adds."""
        ...


class Withdraws(Protocol):
    """Takes a record back; see ``feedback.own_steps``."""

    async def withdraw(self, session: AsyncSession, record_id: int, at: datetime, why: str = "") -> object:
        """Take it back."""
        ...


@dataclass(frozen=True)
class OwnSteps:
    """Carries out what senders do to their records from a conversation, in the turn's transaction."""

    desk: StatusDesk
    supplementing: Supplements
    own: Withdraws

    async def take(
        self, session: AsyncSession, ref: Ref, effect: SupplementFeedback | WithdrawFeedback, at: datetime
    ) -> None:
        """Carry one effect out.

        Raises:
            StaleStateError: the record went on meanwhile; the turn is tried again and says so.
        """
        try:
            record_id = await self.desk.owned(session, effect.receipt, address_of(ref), at)
            match effect:
                case SupplementFeedback(_, text):
                    await self.supplementing.supplement(session, CITIZEN, record_id, text, at)
                case WithdrawFeedback():
                    await self.own.withdraw(session, record_id, at)
        except FeedbackError as error:
            raise StaleStateError("The feedback went on meanwhile.") from error


class LoggedAlarms:
    """Tells operators through the log of the process; never who it is."""

    async def tell(self, session: AsyncSession, alarm: Alarm, at: datetime) -> None:
        """Write one line."""
        logger.warning(
            "Feedback: second facts tried out by one %s (%s) on %s: %d, at %s.",
            alarm.whose,
            alarm.subject.hex()[:_SHORT],
            alarm.channel or "no channel",
            alarm.tries,
            f"{here(at):%H:%M}",
        )


def address_of(ref: Ref) -> Address:
    """Return a conversation as the register knows it."""
    return Address(ref.channel, ref.account, ref.conversation)
