"""One writer for the whole process: what several conversations write at the same time shares one transaction.

A commit costs far more than the rows in it, and so does a statement; and SQLite takes one writer at a time anyway.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.errors import StoppedError
from bot.delivery.ports import Transactions
from bot.tracebacks import where

logger = logging.getLogger(__name__)

Entry = TypeVar("Entry")
Result = TypeVar("Result")
Write = Callable[[AsyncSession, Sequence[Entry]], Awaitable[Sequence[Result]]]
"""Writes entries of one kind together and gives one result for each; may be run again after a rollback."""
LARGEST_GROUP = 64
DIED = "Nothing is written any more."
URGENT_RUN = 3
"""Groups of urgent entries in a row; then the others have their turn."""


@dataclass(frozen=True)
class _Item:
    write: Write[Any, Any]
    entry: Any
    committed: Callable[[Any], None]
    outcome: asyncio.Future[Any]


class GroupCommit:
    """Writes entries in shared transactions, in the order in which they were handed in."""

    def __init__(self, transactions: Transactions, largest: int = LARGEST_GROUP) -> None:
        """Take the unit of work and the largest number of entries in one transaction."""
        self._transactions = transactions
        self._largest = largest
        self._waiting: deque[_Item] = deque()
        self._urgent: deque[_Item] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self._writer: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._writer = asyncio.create_task(self._until_closed(), name="group commit")

    async def close(self) -> None:
        """Write what was handed in, then stop."""
        self._closing = True
        self._wake.set()
        await self.ended()

    async def ended(self) -> None:
        """Return when it writes no more: after ``close``, or because it died."""
        if self._writer is not None:
            await asyncio.wait({self._writer})

    async def run(
        self, write: Write[Entry, Result], entry: Entry, committed: Callable[[Result], None], *, urgent: bool = False
    ) -> Result:
        """Write an entry and return its result once that is committed.

        The entry is written even when the caller is cancelled meanwhile.

        Args:
            write: How entries of this kind are written; those handed in at the same time go to it together.
            entry: What to write.
            committed: Called with the result right after the commit, in the order of handing in.
            urgent: Whether it goes before what is not; urgent entries keep their order among each other.

        Raises:
            StoppedError: The writer was closed.
            Exception: Whatever the writing or its commit raised; nothing of the entry was written then.
        """
        if self._closing:
            raise StoppedError("The server is stopping.")
        outcome: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        (self._urgent if urgent else self._waiting).append(_Item(write, entry, committed, outcome))
        self._wake.set()
        return await outcome

    async def _until_closed(self) -> None:
        try:
            await self._run()
        finally:
            # Should it ever die, nobody may wait for it in vain.
            self._closing = True
            for item in (*self._urgent, *self._waiting):
                _fail(item, StoppedError(DIED))

    async def _run(self) -> None:
        row = 0
        while True:
            while self._urgent or self._waiting:
                urgent = bool(self._urgent) and (row < URGENT_RUN or not self._waiting)
                row = row + 1 if urgent else 0
                line = self._urgent if urgent else self._waiting
                await self._group(self._next(line))
            if self._closing:
                return
            self._wake.clear()
            await self._wake.wait()

    async def _group(self, items: list[_Item]) -> None:
        try:
            results = await self._together(items)
        except Exception as error:
            # Nothing is swallowed: it is handed to the caller whose entry it was.
            if len(items) == 1:
                _fail(items[0], error)
                return
            # One entry must not take its neighbours down: each again, on its own.
            for item in items:
                await self._group([item])
        else:
            for item, result in zip(items, results, strict=True):
                _tell(item, result)
        finally:
            # Whoever has not heard by now would wait in vain: the writer dies.
            for item in items:
                _fail(item, StoppedError(DIED))

    async def _together(self, items: list[_Item]) -> list[Any]:
        """Write entries and commit; urgent ones that came meanwhile are added to them and share the commit."""
        async with self._transactions.write() as session:
            results = await _written(session, items)
            late = self._next(self._urgent)
            items.extend(late)
            return results + await _written(session, late)

    def _next(self, line: deque[_Item]) -> list[_Item]:
        return [line.popleft() for _ in range(min(len(line), self._largest))]


async def _written(session: AsyncSession, items: Sequence[_Item]) -> list[Any]:
    results: list[Any] = [None] * len(items)
    for write in dict.fromkeys(item.write for item in items):
        places = [place for place, item in enumerate(items) if item.write == write]
        found = await write(session, [items[place].entry for place in places])
        for place, result in zip(places, found, strict=True):
            results[place] = result
    return results


def _tell(item: _Item, result: Any) -> None:
    try:
        item.committed(result)
    except Exception as error:
        # It is written all the same, and the writer must outlive whoever is told.
        logger.error("After a commit: %s\n%s", type(error).__name__, where(error))
    if not item.outcome.done():
        item.outcome.set_result(result)


def _fail(item: _Item, error: Exception) -> None:
    if not item.outcome.done():
        item.outcome.set_exception(error)
