"""How many requests about personal data wait, for the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.data_requests.pages import ANSWERS, PATH
from bot.console.routing import Visit
from bot.console.waiting import Tile
from bot.delivery.ports import Transactions
from bot.privacy.answering import DataDesk


@dataclass(frozen=True)
class DataRequestTiles:
    """See ``bot.console.waiting.Waiting``."""

    transactions: Transactions
    desk: DataDesk

    async def tiles(self, visit: Visit) -> Sequence[Tile]:
        """Return how many requests wait; nothing where none does."""
        if not visit.official.has(ANSWERS):
            return ()
        async with self.transactions.read() as session:
            waiting, late = await self.desk.waiting(session, visit.actor, visit.at)
        if not waiting:
            return ()
        note, tone = (f"{late} yêu cầu quá hạn", "bad") if late else ("yêu cầu", "warn")
        return [Tile("Yêu cầu về dữ liệu cá nhân", PATH, waiting, note, tone)]
