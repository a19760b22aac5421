"""What a sender may do after an answer, and doing it: a grade, or having it looked at again.

From the very conversation, or from one that proved the second fact a short while ago: as with withdrawing and adding to it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.errors import StaleStateError
from bot.delivery.ports import Transactions
from bot.dialogue.effects import RateFeedback, ReopenFeedback
from bot.dialogue.flows.feedback_rating import AfterAnswer, Standing
from feedback.case import Case
from feedback.errors import FeedbackError
from feedback.log_store import LogStore
from feedback.office import Policy
from feedback.record import Address, Status
from feedback.register_store import RegisterStore
from feedback.transitions import TRANSITIONS, Action
from feedback.working_time.zone import here

ANSWERED = frozenset({Status.DECIDED, Status.AWAITING_PUBLICATION, Status.PUBLISHED})
_NOT_YOURS = Standing(AfterAnswer.NOT_YOURS, AfterAnswer.NOT_YOURS)


class SendersSteps(Protocol):
    """The steps that a sender makes after an answer."""

    async def rate(self, session: AsyncSession, record_id: int, grade: int, at: datetime, why: str = "") -> object:
        """Keep how content the sender is, 1 to 5; again replaces it."""
        ...

    async def reopen(self, session: AsyncSession, record_id: int, why: str, at: datetime) -> object:
        """Have it studied again."""
        ...


Owned = Callable[[AsyncSession, str, Address, datetime], Awaitable[int]]
"""Returns the record of a receipt that a conversation may act on; see ``feedback.asking.StatusDesk.owned``."""


@dataclass(frozen=True)
class AfterAnswers:
    """See ``LooksAfterAnswer`` and ``TakesAfterAnswer``."""

    transactions: Transactions
    register: RegisterStore
    log: LogStore
    steps: SendersSteps
    policy: Policy
    owned: Owned

    async def look(self, ref: Ref, receipt: str, now: datetime) -> Standing:
        """See ``LooksAfterAnswer.look``."""
        async with self.transactions.read() as session:
            case = await self._own(session, ref, receipt, now)
            if case is None:
                return _NOT_YOURS
            answered = await self._answered(session, case)
        return Standing(
            _may(Action.RATE, case, answered, self.policy.rate_days, now),
            _may(Action.REOPEN, case, answered, self.policy.reopen_days, now),
        )

    async def take(self, session: AsyncSession, ref: Ref, effect: RateFeedback | ReopenFeedback, at: datetime) -> None:
        """See ``TakesAfterAnswer.take``."""
        case = await self._own(session, ref, effect.receipt, at)
        if case is None:
            raise StaleStateError("The feedback is not this conversation's any more.")
        try:
            if isinstance(effect, RateFeedback):
                await self.steps.rate(session, case.id, effect.grade, at, effect.why)
            else:
                await self.steps.reopen(session, case.id, effect.why, at)
        except FeedbackError as error:
            raise StaleStateError("The feedback went on meanwhile.") from error

    async def _own(self, session: AsyncSession, ref: Ref, receipt: str, at: datetime) -> Case | None:
        try:
            await self.owned(session, receipt, Address(ref.channel, ref.account, ref.conversation), at)
        except FeedbackError:
            return None
        case = await self.register.by_receipt(session, receipt)
        if case is None:
            return None
        who = await self.register.sender(session, case)
        return case if who.restricted_at is None else None

    async def _answered(self, session: AsyncSession, case: Case) -> datetime | None:
        """Return when it was answered last; of a merged one, when the record was that answers for both."""
        while case.status is Status.MERGED and case.merged_into is not None:
            case = await self.register.get(session, case.merged_into)
        if case.status not in ANSWERED:
            return None
        told = await self.log.of(session, case.id)
        return next((one.entry.at for one in reversed(told) if one.entry.action is Action.DECIDE), None)


def _may(action: Action, case: Case, answered: datetime | None, days: int, now: datetime) -> AfterAnswer:
    if answered is None or case.status not in TRANSITIONS[action].starts:
        return AfterAnswer.NOT_YET
    last = here(answered).date() + timedelta(days=days)
    return AfterAnswer.OPEN if here(now).date() <= last else AfterAnswer.TOO_LATE
