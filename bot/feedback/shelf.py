"""What the public pages read of the published items; the lists of filters are read anew once a minute at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.delivery.ports import Transactions
from feedback.publication.item import Filters, Page, Published, Query
from feedback.publication.store import PublicationStore

FILTERS_FOR = timedelta(minutes=1)


class ReadsPublished(Protocol):
    """The published items."""

    async def page(self, asked: Query, number: int = 1, size: int = 20) -> Page:
        """Return a page of what fits, the newest first."""
        ...

    async def find(self, slug: str) -> Published | None:
        """Return an item by its link, a hidden one too; ``None`` for none."""
        ...

    async def filters(self) -> Filters:
        """Return what lists can be narrowed to."""
        ...


@dataclass
class Shelf:
    """See ``ReadsPublished``; on one database."""

    transactions: Transactions
    store: PublicationStore
    clock: Callable[[], datetime]
    _filters: tuple[datetime, Filters] | None = field(default=None, init=False)

    async def page(self, asked: Query, number: int = 1, size: int = 20) -> Page:
        """See ``ReadsPublished.page``."""
        async with self.transactions.read() as session:
            return await self.store.page(session, asked, number, size)

    async def find(self, slug: str) -> Published | None:
        """See ``ReadsPublished.find``."""
        async with self.transactions.read() as session:
            return await self.store.find(session, slug)

    async def filters(self) -> Filters:
        """See ``ReadsPublished.filters``."""
        now = self.clock()
        if self._filters is None or now - self._filters[0] >= FILTERS_FOR:
            async with self.transactions.read() as session:
                self._filters = now, await self.store.filters(session)
        return self._filters[1]
