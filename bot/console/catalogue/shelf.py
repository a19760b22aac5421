"""What the list shows of the live catalogue, kept in memory and made anew when another version is live."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.background import rest
from bot.console.catalogue.words import say_as_of
from bot.delivery.ports import Transactions
from bot.live_rows import LiveRows
from nlu.catalogue.completeness import completeness
from nlu.catalogue.model import Detail, Procedure
from nlu.text import fold, normalise


@dataclass(frozen=True)
class Row:
    """One procedure in the list."""

    code: str
    name: str
    field: str
    detail: Detail
    as_of: date
    said_as_of: str
    doubts: int
    missing: tuple[str, ...]
    """Parts that the law asks for and the record lacks."""
    folded: str = dataclasses.field(repr=False)
    """Code, name and field as they are searched: without accents."""


@dataclass(frozen=True)
class Filters:
    """What is looked for."""

    words: str = ""
    field: str = ""
    only: str = ""
    """``old``, ``gaps``, ``doubts``, ``listing`` or empty for all."""


_ONLY: Mapping[str, Callable[[Row, date], bool]] = {
    "old": lambda row, old_before: row.as_of < old_before,
    "gaps": lambda row, old_before: bool(row.missing) and row.detail is Detail.FULL,
    "doubts": lambda row, old_before: row.doubts > 0,
    "listing": lambda row, old_before: row.detail is Detail.LISTING,
}


@dataclass(frozen=True)
class Shelf:
    """The rows of one version, in the order of their codes."""

    version: int
    rows: tuple[Row, ...]
    counted: dict[date, dict[str, int]] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    """How many rows each filter keeps, by the day before which a source is old."""

    @cached_property
    def fields(self) -> list[str]:
        """All fields (lĩnh vực)."""
        return sorted({row.field for row in self.rows if row.field})

    def find(self, wanted: Filters, old_before: date) -> Sequence[Row]:
        """Return the rows looked for; those that have the words together come first, short names before long ones."""
        kept: Sequence[Row] = self.rows
        if wanted.field:
            kept = [row for row in kept if row.field == wanted.field]
        only = _ONLY.get(wanted.only)
        if only is not None:
            kept = [row for row in kept if only(row, old_before)]
        words = fold(normalise(wanted.words)).lower().split()
        if not words:
            return kept
        found = [row for row in kept if all(word in row.folded for word in words)]
        whole = " ".join(words)
        return sorted(found, key=lambda row: (whole not in row.folded, len(row.name), row.code))

    def counts(self, old_before: date) -> Mapping[str, int]:
        """Return how many rows each filter keeps."""
        if old_before not in self.counted:
            self.counted.clear()
            kept = {key: sum(only(row, old_before) for row in self.rows) for key, only in _ONLY.items()}
            self.counted[old_before] = {"": len(self.rows), **kept}
        return self.counted[old_before]


class Shelves:
    """The shelf of the live version."""

    def __init__(self, transactions: Transactions) -> None:
        self._rows = LiveRows(transactions, row_of)
        self._shelf = Shelf(0, ())

    async def live(self) -> Shelf:
        """Return the live version's shelf; empty while nothing is live."""
        held = await self._rows.live()
        if held.version != self._shelf.version:
            self._shelf = Shelf(held.version, held.rows)
        return self._shelf

    async def follow(self, sleep: Callable[[float], Awaitable[None]] = rest) -> None:
        """Read every version once it is live, until cancelled."""
        await self._rows.follow(sleep)


def row_of(record: Procedure) -> Row:
    """Return what the list shows of a record."""
    return Row(
        record.code,
        record.name,
        record.field,
        record.detail,
        record.as_of_date,
        say_as_of(record.as_of),
        len(record.doubts),
        completeness(record).missing,
        fold(normalise(f"{record.code} {record.name} {record.field}")).lower(),
    )


def page_of(rows: Sequence[Row], after: str, size: int) -> tuple[list[Row], str]:
    """Return the rows behind a mark, and the mark of the page after them; empty when there is none."""
    start = next((place + 1 for place, row in enumerate(rows) if row.code == after), 0) if after else 0
    chosen = list(rows[start : start + size])
    more = start + size < len(rows)
    return chosen, chosen[-1].code if more and chosen else ""
