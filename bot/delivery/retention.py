"""Blanks what was said once it is old enough; the rows stay, so that a message that comes again is known."""

from __future__ import annotations

from datetime import datetime

from bot.delivery.ports import Transactions
from bot.delivery.retention_store import blank, give_up, has_stuck, old_ones
from bot.delivery.tables import inbox, outbox

AT_ONCE = 500
"""Rows of one transaction: nobody who writes waits long for it."""


async def give_up_waiting(transactions: Transactions, before: datetime, now: datetime) -> int:
    """End what has waited for its turn or to be sent since before a moment, and blank it; tell how many messages.

    It happens where a channel was switched off, or an account refused, and nobody saw to it.
    """
    count = 0
    for table in (inbox, outbox):
        async with transactions.read() as session:
            stuck = await has_stuck(session, table, before)
        if stuck:
            async with transactions.write() as session:
                count += await give_up(session, table, before, now)
    return count


async def blank_messages(transactions: Transactions, before: datetime) -> int:
    """Blank what was answered, delivered or given up before a moment; tell how many messages."""
    count = 0
    for table in (inbox, outbox):
        last = 0
        while True:
            # Looked for without the writer's lock: the search may take a while.
            async with transactions.read() as session:
                found = await old_ones(session, table, before, last, AT_ONCE)
            if not found:
                break
            async with transactions.write() as session:
                await blank(session, table, found)
            last = found[-1]
            count += len(found)
    return count
