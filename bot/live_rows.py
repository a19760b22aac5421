"""One row for each procedure of the live catalogue, kept in memory; made anew only for records that another version changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.background import rest
from bot.delivery.ports import Transactions
from nlu.catalogue.model import Procedure
from nlu.catalogue.store import CatalogueStore

logger = logging.getLogger(__name__)

Row = TypeVar("Row")
PAUSE = 30.0
"""Seconds between two looks for another version."""
BREATH = 50
"""Records read before others get their turn."""


@dataclass(frozen=True)
class Rows(Generic[Row]):
    """The rows of one version, in the order of their codes."""

    version: int
    rows: tuple[Row, ...]


class LiveRows(Generic[Row]):
    """The rows of the live version."""

    def __init__(self, transactions: Transactions, make: Callable[[Procedure], Row]) -> None:
        """Take the database and what makes a row of a record. Pure: the same record is made into a row once."""
        self._transactions = transactions
        self._make = make
        self._held = Rows[Row](0, ())
        self._known: dict[str, Row] = {}
        self._reading = asyncio.Lock()

    async def live(self) -> Rows[Row]:
        """Return the live version's rows; none while nothing is live."""
        async with self._transactions.read() as session:
            number = await CatalogueStore(session).live_number()
        if number is None or number == self._held.version:
            return self._held if number is not None else Rows(0, ())
        async with self._reading:
            if self._held.version != number:
                async with self._transactions.read() as session:
                    self._held = await self._read(session, number)
        return self._held

    async def follow(self, sleep: Callable[[float], Awaitable[None]] = rest) -> None:
        """Read every version once it is live, until cancelled: reading a whole catalogue takes seconds."""
        while True:
            try:
                await self.live()
            except Exception:
                logger.exception("The live catalogue could not be read; it is tried again.")
            await sleep(PAUSE)

    async def _read(self, session: AsyncSession, number: int) -> Rows[Row]:
        store = CatalogueStore(session)
        held = await store.held(number)
        new = [one.code for one in held.values() if one.hash not in self._known]
        known = {one.hash: self._known[one.hash] for one in held.values() if one.hash in self._known}
        for start in range(0, len(new), BREATH):
            for record in await store.get_many(number, new[start : start + BREATH]):
                known[held[record.code].hash] = self._make(record)
            await asyncio.sleep(0)
        self._known = known
        return Rows(number, tuple(known[held[code].hash] for code in sorted(held) if held[code].hash in known))
