"""Blanks what was said once it is old enough; the rows stay, so that a message that comes again is known."""

from __future__ import annotations

from datetime import datetime

from bot.delivery.ports import Transactions
from bot.delivery.retention_store import blank, old_ones
from bot.delivery.tables import inbox, outbox

AT_ONCE = 500
"""Rows of one transaction: nobody who writes waits long for it."""


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
