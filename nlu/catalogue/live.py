"""Holds the live catalogue in a running process: its search index, and the records asked for most."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.entries import index_of
from nlu.catalogue.family_store import FamilyStore
from nlu.catalogue.index import Index, IndexFormatError
from nlu.catalogue.model import Procedure
from nlu.catalogue.silence_store import SilenceStore
from nlu.catalogue.silences import Silence, by_service, day_of, hushed
from nlu.catalogue.store import CatalogueStore, Version
from nlu.catalogue.versions import Transactions

CACHED = 500
"""Records kept in memory; about 5 kB each."""
IN_FIELD = 12
"""Procedures of a field that are looked at for its list."""


@dataclass(frozen=True)
class Loaded:
    """One version as it is held in memory."""

    version: Version
    index: Index
    data: bytes
    """The index as it is handed to the Rasa linker."""
    etag: str
    """Of ``data``, without quotes."""


def today_in_vietnam() -> date:
    """Return what day it is where the officials are."""
    return day_of(datetime.now(UTC))


class LiveCatalogue:
    """The live version and its index, as of the last ``refresh``; index and records always belong to the same version.

    Records come without what officials have switched off (``nlu.catalogue.silences``).
    """

    def __init__(
        self, transactions: Transactions, cached: int = CACHED, today: Callable[[], date] = today_in_vietnam
    ) -> None:
        self._transactions = transactions
        self._cached = cached
        self._today = today
        self._silent: tuple[Silence, ...] = ()
        self._silent_by_code: Mapping[str, tuple[Silence, ...]] = {}
        self._records: OrderedDict[tuple[int, str], Procedure] = OrderedDict()
        self._loaded: Loaded | None = None
        self._followed: tuple[int, str] | None = None
        """Number and ETag in the database that ``_loaded`` was made of; an index that had to be built here has another."""
        self._refreshing = asyncio.Lock()

    @property
    def loaded(self) -> Loaded | None:
        """Version, index and bytes together; ``None`` while nothing is live."""
        return self._loaded

    @property
    def number(self) -> int:
        """Number of the version held; 0 while nothing is live."""
        return self._loaded.version.number if self._loaded else 0

    @property
    def index(self) -> Index | None:
        """The search index."""
        return self._loaded.index if self._loaded else None

    def index_bytes(self) -> bytes:
        """Return the index as bytes for the private route; empty while nothing is live."""
        return self._loaded.data if self._loaded else b""

    def etag(self) -> str:
        """Return the hash of ``index_bytes``, without quotes; empty while nothing is live."""
        return self._loaded.etag if self._loaded else ""

    async def refresh(self) -> bool:
        """Follow what was published, rolled back or indexed anew; tells whether anything was. Two small queries when not.

        An index is built anew for the same version when officials correct families or new sayings were learned.
        """
        async with self._refreshing, self._transactions.read() as session:
            store = CatalogueStore(session)
            stored = await store.live_index()
            silent = tuple(await SilenceStore(session).in_force())
            if stored == self._followed:
                if silent != self._silent:
                    self._hush(silent)
                return False
            before = self.number
            self._loaded = None if stored is None else await self._load(session, stored[0])
            self._followed = stored
            if self.number != before:
                self._records.clear()
            self._hush(silent)
            return True

    def _hush(self, silent: tuple[Silence, ...]) -> None:
        self._silent = silent
        self._silent_by_code = by_service(silent, self.index.members if self.index is not None else ())

    async def _load(self, session: AsyncSession, number: int) -> Loaded | None:
        store = CatalogueStore(session)
        version = await store.version(number)
        if version is None:
            return None
        stored = await store.index(number)
        if stored is not None:
            etag, data = stored
            try:
                return Loaded(version, await asyncio.to_thread(_warm, data), data, etag)
            except IndexFormatError:
                pass  # published by an older program: its records are still good, so the index is built again
        records = [procedure async for procedure in store.procedures(number)]
        corrections = await FamilyStore(session).corrections()
        index = await asyncio.to_thread(index_of, records, number, corrections)
        data = await asyncio.to_thread(index.to_bytes)
        return Loaded(version, index, data, sha256(data).hexdigest())

    async def get(self, code: str) -> Procedure | None:
        """Return the record of a code."""
        found = await self.get_many([code])
        return found[0] if found else None

    async def get_many(self, codes: Sequence[str]) -> list[Procedure]:
        """Return the records of these codes that there are, in their order, without what is switched off."""
        today = self._today()
        return [hushed(one, self._silent_by_code.get(one.code, ()), today) for one in await self.get_whole(codes)]

    async def get_whole(self, codes: Sequence[str]) -> list[Procedure]:
        """Return the same with what is switched off: to compare with, never to tell."""
        number = self.number
        if not number:
            return []
        missing = [code for code in codes if (number, code) not in self._records]
        found = {code: self._records[number, code] for code in codes if (number, code) in self._records}
        if missing:
            async with self._transactions.read() as session:
                read = await CatalogueStore(session).get_many(number, missing)
            found.update((procedure.code, procedure) for procedure in read)
        for code, procedure in found.items():
            self._remember(number, code, procedure)
        return [found[code] for code in codes if code in found]

    async def in_fields(self, fields: Collection[str]) -> list[Procedure]:
        """Return procedures of these fields (lĩnh vực), at most ``IN_FIELD``, those with details first."""
        if not self.number or not fields:
            return []
        async with self._transactions.read() as session:
            codes = await CatalogueStore(session).codes_in(self.number, fields, IN_FIELD)
        return await self.get_many(codes)

    def _remember(self, number: int, code: str, procedure: Procedure) -> None:
        self._records[number, code] = procedure
        self._records.move_to_end((number, code))
        while len(self._records) > self._cached:
            self._records.popitem(last=False)


class WholeRecords:
    """The live catalogue with what is switched off: for comparing what people saved with what is published."""

    def __init__(self, catalogue: LiveCatalogue) -> None:
        self._catalogue = catalogue

    @property
    def number(self) -> int:
        """Number of the live version."""
        return self._catalogue.number

    async def get(self, code: str) -> Procedure | None:
        """Return the record of a code."""
        found = await self._catalogue.get_whole([code])
        return found[0] if found else None


def _warm(data: bytes) -> Index:
    """Read an index and rank once, so that no citizen waits for what is prepared at the first question."""
    index = Index.from_bytes(data)
    index.rank("đăng ký")
    return index
