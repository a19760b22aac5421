"""Hands on to the delivery what a register has to tell, one thing a transaction, so that nothing is told twice or lost.

What cannot leave or cannot be said is set aside: it must not keep everybody else's news back.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.errors import ChannelOffError
from bot.delivery.ports import Transactions
from bot.tracebacks import where

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class News:
    """One thing that waits to be told."""

    name: str
    """For the log; nothing of its words."""
    take: Callable[[AsyncSession], Awaitable[bool]]
    """Notes that it is handed on; false when another process did so meanwhile."""
    say: Callable[[AsyncSession], Awaitable[object]]
    set_aside: Callable[[AsyncSession, str], Awaitable[object]]
    """Notes why it cannot be handed on."""


async def hand_on(transactions: Transactions, news: News) -> None:
    """Tell it, or set it aside."""
    try:
        async with transactions.write() as session:
            if await news.take(session):
                await news.say(session)
        return
    except ChannelOffError as error:
        why = told = str(error)
    except (ValueError, LookupError, TypeError) as error:
        # What these say may repeat words of somebody: only their kind and place are kept.
        why, told = type(error).__name__, where(error)
    logger.error("%s cannot be told and was set aside: %s", news.name, told)
    async with transactions.write() as session:
        await news.set_aside(session, why)
