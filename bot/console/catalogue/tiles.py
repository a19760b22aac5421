"""What of the catalogue and the questions waits, for the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.catalogue.outside import HOME
from bot.console.catalogue.waits import waits_for
from bot.console.questions.outside import HOME as QUESTIONS
from bot.console.routing import Visit
from bot.console.waiting import Tile
from bot.delivery.ports import Transactions


@dataclass(frozen=True)
class KnowledgeTiles:
    """See ``bot.console.waiting.Waiting``."""

    transactions: Transactions

    async def tiles(self, visit: Visit) -> Sequence[Tile]:
        """Return what waits for an editor."""
        waits = await waits_for(self.transactions, visit)
        told = (
            Tile("Đề nghị chờ duyệt", f"{HOME}/de-nghi", waits.approving, "thủ tục"),
            Tile("Đề nghị chờ công bố", f"{HOME}/de-nghi", waits.publishing, "thủ tục"),
            Tile("Câu hỏi chưa hiểu", QUESTIONS, waits.questions, "chờ gắn nhãn"),
        )
        return [one for one in told if one.number]
