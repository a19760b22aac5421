"""Reads what the page and the report about the post show: the catalogue beside the agency's list, and the counts of a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.console.dashboard.periods import Days
from bot.delivery.ports import Transactions
from bot.figures import post_store
from bot.figures.post_store import Filed
from bot.live_rows import LiveRows
from bot.postal.agency_list import AgencyList, Listed
from bot.postal.coverage import Covered
from nlu.catalogue.model import base_code


@dataclass(frozen=True)
class PostFigures:
    """Everything that is shown; procedures are told apart by the national part of their codes."""

    days: Days
    version: int
    """Of the catalogue; 0 for none live."""
    procedures: Sequence[Covered]
    strays: Sequence[Listed]
    """Entries of the agency's list that name no procedure of the catalogue."""
    entries: int
    """Of the agency's list."""
    asked_by_month: Mapping[date, Mapping[str, int]]
    asked: Mapping[str, Mapping[str, int]]
    """By procedure and topic."""
    filed_by_month: Mapping[date, Filed]
    filed: Mapping[str, Filed]
    names: Mapping[str, str]
    """Of the catalogue's procedures."""


@dataclass(frozen=True)
class PostBoard:
    """Reads them."""

    transactions: Transactions
    rows: LiveRows[Covered]
    lists: AgencyList

    async def read(self, days: Days) -> PostFigures:
        """Return the figures of a period beside the catalogue as it stands."""
        live = await self.rows.live()
        async with self.transactions.read() as session:
            span = session, days.first, days.until
            asked_by_month = await post_store.asked_by_month(*span)
            asked = await post_store.asked_by_procedure(*span)
            filed_by_month = await post_store.filed_by_month(*span)
            filed = await post_store.filed_by_procedure(*span)
        used = {one.entry for one in live.rows}
        return PostFigures(
            days=days,
            version=live.version,
            procedures=live.rows,
            strays=[one for one in self.lists if one.code not in used],
            entries=len(self.lists),
            asked_by_month=asked_by_month,
            asked=_asked(asked),
            filed_by_month=filed_by_month,
            filed=_filed(filed),
            names={one.base: one.name for one in reversed(live.rows)},
        )

    async def by_month_and_procedure(self, days: Days) -> Mapping[tuple[date, str], Mapping[str, int]]:
        """Return what was asked, by month and procedure: for files, since it is long."""
        async with self.transactions.read() as session:
            found: dict[tuple[date, str], Counter[str]] = {}
            for (month, code), counts in (await post_store.asked_by_both(session, days.first, days.until)).items():
                found.setdefault((month, base_code(code)), Counter()).update(counts)
        return found


def _asked(given: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, Counter[str]] = {}
    for code, counts in given.items():
        found.setdefault(base_code(code), Counter()).update(counts)
    return found


def _filed(given: Mapping[str, Filed]) -> Mapping[str, Filed]:
    found: dict[str, Filed] = {}
    for code, one in given.items():
        found[base_code(code)] = found.get(base_code(code), Filed()) + one
    return found
