"""Waits, in tests of whole conversations, until everything is answered and sent."""

from __future__ import annotations

import asyncio

from sqlalchemy import func, select

from bot.delivery.tables import InboxState, OutboxState, inbox, outbox
from bot.unit_of_work import UnitOfWork

PATIENCE = 20.0


async def all_sent(transactions: UnitOfWork) -> None:
    """Wait for all turns and for the sender."""
    unanswered = select(func.count()).select_from(inbox).where(inbox.c.state == InboxState.NEW)
    ended = (OutboxState.DELIVERED, OutboxState.HELD, OutboxState.DEAD, OutboxState.UNREACHABLE)
    unsent = select(func.count()).select_from(outbox).where(outbox.c.state.not_in(ended))
    async with asyncio.timeout(PATIENCE):
        while True:
            async with transactions.read() as session:
                if not (await session.scalar(unanswered) or await session.scalar(unsent)):
                    return
            await asyncio.sleep(0.02)
