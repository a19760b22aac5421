"""What waits at the hand-over desk, for the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.handover.pages import ANSWERS, PATH
from bot.console.routing import Visit
from bot.console.waiting import Tile
from bot.handover.desk import HandOverDesk


@dataclass(frozen=True)
class HandOverTiles:
    """See ``bot.console.waiting.Waiting``."""

    desk: HandOverDesk

    async def tiles(self, visit: Visit) -> Sequence[Tile]:
        """Return who waits for a person, and whom the visitor is answering."""
        if not visit.official.has(ANSWERS):
            return ()
        waiting = await self.desk.waiting(visit.actor, visit.at)
        tone = "warn" if waiting.open else ""
        told = [Tile("Người chờ gặp cán bộ", PATH, len(waiting.open), tone=tone)]
        return [Tile("Bạn đang trả lời", PATH, len(waiting.mine)), *told] if waiting.mine else told
