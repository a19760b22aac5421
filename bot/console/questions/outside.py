"""What the pages about questions need from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.console.audit.noting import Noting
from bot.console.frame import Frame
from bot.console.routing import Visit
from bot.delivery.ports import Transactions
from bot.jobs.desk import JobDesk
from nlu.catalogue.index import Index
from nlu.catalogue.store import CatalogueStore

HOME = "/canbo/cau-hoi"


@dataclass(frozen=True)
class Outside:
    """What the pages call."""

    transactions: Transactions
    frame: Frame
    jobs: JobDesk
    index: Callable[[], Index | None]
    """The live search index."""
    root: Path
    """The project's folder, where the models lie."""
    today: Callable[[], date]
    noting: Noting

    async def noted(self, visit: Visit, what: str, about: str = "") -> None:
        """Write an action into the console's log."""
        await self.noting.plain(visit.official, what, about, visit.at)

    async def names(self, codes: list[str]) -> dict[str, str]:
        """Return the names of procedures of the live catalogue, by code."""
        if not codes:
            return {}
        async with self.transactions.read() as session:
            found = await CatalogueStore(session).get_live(list(dict.fromkeys(codes)))
        return {one.code: one.name for one in found}
