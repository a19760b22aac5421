"""Deletes what need not be kept for ever: texts of the review list that nobody met again for a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.delivery.ports import Transactions
from nlu.learning.store import ReviewStore

logger = logging.getLogger(__name__)

PAUSE = 6 * 3600.0
"""Seconds between two looks; what is kept is counted in days."""


async def forget_questions(transactions: Transactions, days: int, now: datetime) -> int:
    """Delete the questions that were not met for so many days and not accepted; tell how many."""
    async with transactions.write() as session:
        return await ReviewStore(session).forget(now - timedelta(days=days))


async def keep_forgetting(
    transactions: Transactions,
    days: int,
    clock: Callable[[], datetime],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Delete old questions again and again until cancelled; a database that is away is asked again later."""
    while True:
        try:
            gone = await forget_questions(transactions, days, clock())
            if gone:
                logger.info("Deleted %d questions of the review list, not met for %d days.", gone, days)
        except Exception:
            logger.exception("Old questions could not be deleted; it is tried again later.")
        await sleep(PAUSE)
