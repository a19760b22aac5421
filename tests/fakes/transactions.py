"""A unit of work without a database, that counts what became of its transactions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import cast

from sqlalchemy.ext.asyncio import AsyncSession


class FakeTransactions:
    """Counts transactions and what became of them."""

    def __init__(self) -> None:
        self.committed = 0
        self.rolled_back = 0

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncSession]:
        try:
            yield cast(AsyncSession, self)
        except Exception:
            self.rolled_back += 1
            raise
        self.committed += 1

    def write(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self._transaction()

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self._transaction()
