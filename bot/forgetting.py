"""Deletes what need not be kept for ever: words of old messages, and questions that nobody met again for a while."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.background import rest
from bot.delivery.ports import Transactions
from bot.delivery.retention import blank_messages, give_up_waiting
from bot.tracebacks import where
from nlu.learning.store import ReviewStore

logger = logging.getLogger(__name__)

PAUSE = 6 * 3600.0
"""Seconds between two looks; what is kept is counted in days."""


Forgets = Callable[[AsyncSession, datetime], Awaitable[int]]
"""Deletes what is old at a moment and tells how much it was."""


@dataclass(frozen=True)
class Days:
    """How long what is kept."""

    questions: int
    """Questions of the review list since they were last met."""
    messages: int
    """Words of messages since they were answered, delivered or given up."""
    waiting: int
    """Messages that wait for their turn or to be sent, since they came; then they are given up and blanked."""


async def forget_questions(transactions: Transactions, days: int, now: datetime) -> int:
    """Delete the questions that were not met for so many days and not accepted; tell how many."""
    async with transactions.write() as session:
        return await ReviewStore(session).forget(now - timedelta(days=days))


async def keep_forgetting(
    transactions: Transactions,
    days: Days,
    others: Sequence[Forgets],
    clock: Callable[[], datetime],
    sleep: Callable[[float], Awaitable[None]] = rest,
) -> None:
    """Delete what is old again and again until cancelled; a database that is away is asked again later."""
    while True:
        try:
            gone = await forget_questions(transactions, days.questions, clock())
            stuck = await give_up_waiting(transactions, clock() - timedelta(days=days.waiting), clock())
            if stuck:
                logger.warning("Gave up %d messages that had waited for %d days.", stuck, days.waiting)
            blanked = await blank_messages(transactions, clock() - timedelta(days=days.messages))
            async with transactions.write() as session:
                more = sum([await forget(session, clock()) for forget in others])
            if gone or blanked or more:
                logger.info("Deleted %d questions, the words of %d messages, %d other things.", gone, blanked, more)
        except Exception as error:
            said = "What is old could not be deleted (%s); it is tried again later.\n%s"
            logger.error(said, type(error).__name__, where(error))
        await sleep(PAUSE)
