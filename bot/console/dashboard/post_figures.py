"""Reads what the page and the report about the post show: the catalogue beside the agency's list, and the counts of a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.console.dashboard.periods import Days
from bot.delivery.ports import Transactions
from bot.figures import post_store
from bot.figures.post_store import Filed
from bot.live_rows import LiveRows, Rows
from bot.postal.agency_list import AgencyList, Listed
from bot.postal.coverage import Covered, Eligible, Reach
from nlu.catalogue.model import base_code


@dataclass(frozen=True)
class Offer:
    """The catalogue beside the agency's list as both stand, whatever the period."""

    live: Rows[Covered]
    strays: Sequence[Listed]
    """Entries of the agency's list that name no procedure of the catalogue."""
    entries: int
    """Of the agency's list."""
    names: Mapping[str, str]
    """Of the catalogue's procedures, by the national part of their codes."""

    @property
    def procedures(self) -> Sequence[Covered]:
        """The catalogue's."""
        return self.live.rows

    @cached_property
    def offered(self) -> int:
        """How many can be sent, or their results, by post."""
        return sum(one.holds in (Reach.BOTH, Reach.SEND, Reach.RECEIVE) for one in self.procedures)

    @cached_property
    def eligible(self) -> Sequence[tuple[Covered, Eligible]]:
        """Those that could be on the agency's list and are not, and why."""
        return [(one, one.eligible) for one in self.procedures if one.eligible is not None]

    @cached_property
    def clashes(self) -> int:
        """How often the agency's list and a record say opposite things."""
        return sum(len(one.clashes) for one in self.procedures)


@dataclass(frozen=True)
class PostFigures:
    """Everything that is shown; procedures are told apart by the national part of their codes."""

    days: Days
    offer: Offer
    asked_by_month: Mapping[date, Mapping[str, int]]
    asked: Mapping[str, Mapping[str, int]]
    """By procedure and topic."""
    filed_by_month: Mapping[date, Filed]
    filed: Mapping[str, Filed]


@dataclass
class PostBoard:
    """Reads them."""

    transactions: Transactions
    rows: LiveRows[Covered]
    lists: AgencyList
    _offer: Offer | None = field(default=None, init=False)

    async def offer(self) -> Offer:
        """Return what holds whatever the period: the same one until another catalogue is live."""
        live = await self.rows.live()
        if self._offer is None or self._offer.live.version != live.version:
            used = {one.entry for one in live.rows}
            self._offer = Offer(
                live=live,
                strays=[one for one in self.lists if one.code not in used],
                entries=len(self.lists),
                names={one.base: one.name for one in reversed(live.rows)},
            )
        return self._offer

    async def read(self, days: Days) -> PostFigures:
        """Return the figures of a period beside the catalogue as it stands."""
        offer = await self.offer()
        async with self.transactions.read() as session:
            span = session, days.first, days.until
            asked_by_month = await post_store.asked_by_month(*span)
            asked = await post_store.asked_by_procedure(*span)
            filed_by_month = await post_store.filed_by_month(*span)
            filed = await post_store.filed_by_procedure(*span)
        return PostFigures(
            days=days,
            offer=offer,
            asked_by_month=asked_by_month,
            asked=_asked(asked),
            filed_by_month=filed_by_month,
            filed=_filed(filed),
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
