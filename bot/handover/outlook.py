"""What the dialogue asks about requests to speak to a person: whether there is one, and how long people wait in working time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from bot.channels.contract import Ref
from bot.delivery.ports import Transactions
from bot.dialogue.ports import Concern, Outlook
from bot.handover.store import HandOverStore
from feedback.working_time.hours import OfficeHours

COUNTED_FOR = timedelta(days=30)
"""Older waits say nothing of today."""
ENOUGH = 5
"""Fewer waits say nothing at all."""
ROUNDED_TO = 5
"""Minutes."""


async def nobodys(_: Ref, __: Concern, ___: datetime) -> str:
    """Leave everything to the receiving unit."""
    return ""


@dataclass(frozen=True)
class OpenRequests:
    """What the dialogue asks about requests; see ``bot.dialogue.ports.HandOvers``."""

    transactions: Transactions
    store: HandOverStore
    hours: OfficeHours
    charged: Callable[[Ref, Concern, datetime], Awaitable[str]] = nobodys
    """Finds the unit that answers about something."""

    async def is_open(self, ref: Ref) -> bool:
        """Tell whether a conversation has an open one."""
        async with self.transactions.read() as session:
            return await self.store.is_open(session, ref)

    async def outlook(self, at: datetime) -> Outlook:
        """Return what can be said of the wait."""
        async with self.transactions.read() as session:
            waits = await self.store.waits(session, at - COUNTED_FOR)
        opening = self.hours.at(at)
        closed = not opening.is_open and not opening.unverified
        return Outlook(opening.opens_at if closed else None, usual_wait(waits, self.hours))

    async def unit(self, ref: Ref, concern: Concern, at: datetime) -> str:
        """Return the code of the unit whose officials answer a conversation about something; empty for the receiving unit's."""
        return await self.charged(ref, concern, at)


def usual_wait(waits: Sequence[tuple[datetime, datetime]], hours: OfficeHours) -> int | None:
    """Return the median of some waits in minutes, rounded up to five; ``None`` for too few."""
    if len(waits) < ENOUGH:
        return None
    minutes = median(hours.between(asked, taken) / timedelta(minutes=1) for asked, taken in waits)
    return max(ROUNDED_TO, ROUNDED_TO * -int(-minutes // ROUNDED_TO))
