"""One version of the catalogue held in memory, live or not: what a draft would answer can be asked of it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.entries import index_of
from nlu.catalogue.family_store import FamilyStore
from nlu.catalogue.index import Index, IndexFormatError
from nlu.catalogue.live import IN_FIELD
from nlu.catalogue.model import Detail, Procedure
from nlu.catalogue.store import CatalogueStore


class HeldVersion:
    """A version's records with their search index."""

    def __init__(self, procedures: Sequence[Procedure], index: Index) -> None:
        """Take the records and what ranks them."""
        self.index = index
        self._records = {one.code: one for one in procedures}

    @classmethod
    async def read(cls, session: AsyncSession, number: int) -> HeldVersion:
        """Read a version; its index is built where none is stored, which takes some seconds."""
        store = CatalogueStore(session)
        records = [procedure async for procedure in store.procedures(number)]
        stored = await store.index(number)
        if stored is not None:
            try:
                return cls(records, await asyncio.to_thread(Index.from_bytes, stored[1]))
            except IndexFormatError:
                pass  # stored by an older program
        corrections = await FamilyStore(session).corrections()
        return cls(records, await asyncio.to_thread(index_of, records, number, corrections))

    async def get(self, code: str) -> Procedure | None:
        """Return one procedure."""
        return self._records.get(code)

    async def get_many(self, codes: Sequence[str]) -> list[Procedure]:
        """Return the procedures that exist, in the order of their codes."""
        return [self._records[code] for code in codes if code in self._records]

    async def in_fields(self, fields: Collection[str]) -> list[Procedure]:
        """Return procedures of these fields, those with details first."""
        found = [one for one in self._records.values() if one.field in fields]
        found.sort(key=lambda one: (one.detail is Detail.LISTING, len(one.name), one.code))
        return found[:IN_FIELD]
