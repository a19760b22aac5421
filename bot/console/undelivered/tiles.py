"""How much could not be delivered, for the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.routing import Visit
from bot.console.undelivered.pages import DECIDES, PATH, mine
from bot.console.waiting import Tile
from bot.delivery.dead_letter_store import count_undecided
from bot.delivery.ports import Transactions
from bot.delivery.tables import OutboxState
from feedback.outgoing_store import OutgoingStore


@dataclass(frozen=True)
class UndeliveredTiles:
    """See ``bot.console.waiting.Waiting``."""

    transactions: Transactions
    register: OutgoingStore

    async def tiles(self, visit: Visit) -> Sequence[Tile]:
        """Return how much waits for a decision; nothing where nothing does."""
        if not visit.official.has(DECIDES):
            return ()
        async with self.transactions.read() as session:
            dead = await count_undecided(session, OutboxState.DEAD, mine(visit))
            aside = await self.register.count_stuck(session)
        return [Tile("Tin không gửi được", PATH, dead + aside, "tin", "bad")] if dead + aside else ()
