"""From confusion to reform: what failed with each procedure, put together from questions, dossiers and feedback."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.dashboard.periods import Days
from bot.delivery.errors import UnreadableError
from bot.delivery.ports import Transactions
from bot.dossiers.record import Record, SlipKind
from bot.dossiers.store import DossierStore
from bot.figures import reading_store
from bot.figures.reading_store import Papers
from feedback.actor import Actor
from feedback.record import Book
from feedback.reports.by_procedure import ByProcedure, Themes
from feedback.reports.making import READERS
from nlu.catalogue.model import Procedure, base_code
from nlu.learning.by_procedure import Failed, failed_by_procedure, failed_of
from nlu.learning.masking import mask

DOSSIERS = 200
"""Of a procedure that are opened to see which papers lacked."""
MOST_PAPERS = 10


class Catalogue(Protocol):
    """The published catalogue."""

    async def get_many(self, codes: Sequence[str]) -> list[Procedure]:
        """Return the procedures of some codes."""
        ...


@dataclass(frozen=True)
class Trouble:
    """What failed with one procedure."""

    code: str
    name: str
    """Empty for one that the catalogue does not have."""
    field: str
    questions: int
    papers: Papers
    categories: Mapping[int, int]
    """Feedback by the contents of Article 5."""
    codes: tuple[str, ...] = ()
    """As records of feedback name the procedure: with or without the agency's part."""

    @property
    def feedback(self) -> int:
        """How many records name it."""
        return sum(self.categories.values())

    @property
    def sources(self) -> int:
        """How many of the three tell of it: what several tell of comes first."""
        return (self.questions > 0) + (self.papers.asked + self.papers.refused > 0) + (self.feedback > 0)

    @property
    def total(self) -> int:
        """All of it, for the order alone: the three are not of one kind."""
        return self.questions + self.papers.asked + self.papers.refused + self.feedback


@dataclass(frozen=True)
class Case:
    """The sheet of one procedure."""

    trouble: Trouble
    failed: Failed
    lacking: Sequence[tuple[str, int]]
    """Papers by how often they lacked, as the offices named them."""
    opened: int
    """Dossiers in which that was looked up."""
    said: Themes | None
    """``None`` for who may not read the register."""


@dataclass(frozen=True)
class Reform:
    """Reads it."""

    transactions: Transactions
    catalogue: Catalogue
    dossiers: DossierStore
    register: ByProcedure
    book: Book

    async def troubles(self, actor: Actor, days: Days) -> Sequence[Trouble]:
        """Return the procedures with which anything failed, those that most sources tell of first."""
        async with self.transactions.read() as session:
            failed = await failed_by_procedure(session, days.period.since, days.period.until)
            papers = _by_base(await reading_store.papers(session, days.first, days.until))
            said = await self._said(session, actor, days)
        codes = sorted({*failed, *papers, *said} - {""})
        known = await self._named(codes)
        found = [
            Trouble(
                code,
                known[code].name if code in known else "",
                known[code].field if code in known else "",
                failed[code].count if code in failed else 0,
                papers.get(code, Papers(code, 0, 0, 0)),
                said[code][0] if code in said else {},
                said[code][1] if code in said else (),
            )
            for code in codes
        ]
        return sorted(found, key=lambda one: (-one.sources, -one.total, one.code))

    async def case(self, actor: Actor, days: Days, trouble: Trouble) -> Case:
        """Return the sheet of one procedure."""
        code = trouble.code
        async with self.transactions.read() as session:
            failed = await failed_of(session, days.period.since, days.period.until, code)
            chosen = await reading_store.asked_for_papers(session, code, days.first, days.until, DOSSIERS)
            opened = await self._opened(session, chosen)
            said = None
            if actor.has(READERS):
                said = await self.register.themes(session, actor, self.book, days.period, trouble.codes)
        return Case(trouble, failed, _lacking(opened).most_common(MOST_PAPERS), len(opened), said)

    async def _opened(self, session: AsyncSession, codes: Sequence[str]) -> Sequence[Record]:
        try:
            return [kept.record for kept in (await self.dossiers.get_many(session, codes)).values()]
        except UnreadableError:
            # Sealed with another key: what lacked in them nobody knows any more.
            return []

    async def _said(
        self, session: AsyncSession, actor: Actor, days: Days
    ) -> Mapping[str, tuple[Counter[int], tuple[str, ...]]]:
        if not actor.has(READERS):
            return {}
        found: dict[str, tuple[Counter[int], tuple[str, ...]]] = {}
        for code, counts in (await self.register.counts(session, actor, self.book, days.period)).items():
            known, codes = found.get(base_code(code), (Counter(), ()))
            found[base_code(code)] = known + counts, (*codes, code)
        return found

    async def _named(self, codes: Sequence[str]) -> Mapping[str, Procedure]:
        return {base_code(one.code): one for one in await self.catalogue.get_many(codes)}


def _lacking(opened: Sequence[Record]) -> Counter[str]:
    """Count in how many dossiers each paper lacked."""
    named: list[set[str]] = []
    for record in opened:
        slip = record.slip(SlipKind.SUPPLEMENT)
        named.append({*record.missing, *(slip.items if slip else ())})
    # The same few papers lack again and again: each is masked once.
    masked = {one: mask(one).strip() for one in set().union(*named)}
    lacking: Counter[str] = Counter()
    for papers in named:
        lacking.update({masked[one] for one in papers} - {""})
    return lacking


def _by_base(papers: Mapping[str, Papers]) -> Mapping[str, Papers]:
    found: dict[str, Papers] = {}
    for code, one in papers.items():
        base = base_code(code)
        known = found.get(base, Papers(base, 0, 0, 0))
        found[base] = Papers(
            base, known.asked + one.asked, known.again + one.again, known.refused + one.refused, known.late + one.late
        )
    return found
