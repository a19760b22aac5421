"""Reads everything that stands about one conversation in the tables that name it; never writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import LargeBinary, Row, Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.delivery.places import of
from feedback.sealed import SealedColumn

PLACE = frozenset({"channel", "account", "conversation"})
"""Names of the columns by which a row says whose it is."""


@dataclass(frozen=True)
class PersonStore:
    """The tables of one database."""

    tables: Sequence[Table]
    """Only those that name a conversation are read."""
    sealed: Sequence[SealedColumn]
    cipher: Cipher

    async def rows(self, session: AsyncSession, ref: Ref) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return the rows about a conversation by table, opened; without hashes, and without what cannot be opened."""
        found: dict[str, Sequence[Mapping[str, Any]]] = {}
        for table in self.tables:
            if {column.name for column in table.columns} >= PLACE:
                chosen = select(table).where(of(table, ref)).order_by(*table.primary_key.columns)
                rows = [dict(self._read(table, row)) for row in await session.execute(chosen)]
                if rows:
                    found[table.name] = rows
        return found

    def _read(self, table: Table, row: Row[Any]) -> Iterator[tuple[str, Any]]:
        places = {one.column: one for one in self.sealed if one.table is table}
        for column in table.columns:
            value = row._mapping[column.name]
            if value is None or column.name in PLACE:
                continue
            if column.name in places:
                yield column.name, self._opened(value, places[column.name].about(row))
            elif not isinstance(column.type, LargeBinary):
                yield column.name, value.isoformat() if isinstance(value, date | datetime) else value

    def _opened(self, value: bytes, about: str) -> Any:
        try:
            plain = self.cipher.open(value, about)
        except UnreadableError:
            return None
        return readable(plain)


def readable(plain: bytes) -> Any:
    """Return what was sealed as plain data: JSON, MessagePack, or words. Pure."""
    for decode in (msgspec.json.decode, msgspec.msgpack.decode):
        try:
            found = decode(plain)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
        if isinstance(found, dict | list):
            return msgspec.to_builtins(found)
    return plain.decode("utf-8", "replace")
