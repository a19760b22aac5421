"""Lists records for officials: filters, words, pages, and what each of them may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, Role
from feedback.disclosure import Disclosure, Whom
from feedback.listing_store import Filter, Line, ListingStore, Mark
from feedback.ports import FoldsText
from feedback.record import Book, Status
from feedback.similarity import words_of
from feedback.word_store import WordStore
from feedback.working_time.zone import here

LONGEST_PAGE = 200


@dataclass(frozen=True)
class Wanted:
    """What an official looks for; what is empty filters nothing."""

    statuses: tuple[Status, ...] = ()
    unit: str = ""
    agency: str = ""
    of_field: str = ""
    """Lĩnh vực."""
    procedure_code: str = ""
    book: Book | None = None
    since: datetime | None = None
    """Entered then or later."""
    until: datetime | None = None
    """Entered before."""
    words: str = field(default="", repr=False)
    """All of them stand in the text, with or without accents."""
    overdue: bool = False


@dataclass(frozen=True)
class Page:
    """Some records, the newest first."""

    lines: Sequence[Line]
    next: Mark | None
    """Where the next page begins; ``None`` for the last one."""


@dataclass(frozen=True)
class Listing:
    """Records as lists show them: masked, and nothing of who sent them."""

    store: ListingStore
    words: WordStore
    folds: FoldsText
    disclosure: Disclosure

    async def page(
        self,
        session: AsyncSession,
        actor: Actor,
        wanted: Wanted,
        at: datetime,
        after: Mark | None = None,
        size: int = 50,
    ) -> Page:
        """Return a page of what the actor may see.

        Receivers, approvers and reporters see every record, handlers those of the own unit; nobody sees in a list the
        record in which they are complained about.

        Raises:
            NotAllowedError: the actor sees no records.
        """
        actor.require(Role.RECEIVER, Role.HANDLER, Role.APPROVER, Role.REPORTER)
        size = max(1, min(size, LONGEST_PAGE))
        chosen = await self._filter(session, actor, wanted, at)
        if chosen is None:
            return Page((), None)
        lines = await self.store.page(session, chosen, after, size + 1)
        more = len(lines) > size
        shown = tuple(self._shown(actor, one, here(at).date()) for one in lines[:size])
        return Page(shown, lines[size - 1].mark if more else None)

    def _shown(self, actor: Actor, line: Line, day: date) -> Line:
        whom = Whom(line.about, line.border, line.accused, line.agency)
        if actor.has({Role.RECEIVER}) and not self.disclosure.veils(actor, whom, day):
            return line
        # With it and four digits of a number anybody learns whose it is; the number in the book serves as well.
        return replace(line, receipt="")

    async def _filter(self, session: AsyncSession, actor: Actor, wanted: Wanted, at: datetime) -> Filter | None:
        unit = wanted.unit
        if not actor.has((Role.RECEIVER, Role.APPROVER, Role.REPORTER)):
            if unit not in ("", actor.unit):
                return None
            unit = actor.unit
        chosen = Filter(
            statuses=wanted.statuses,
            unit=unit,
            agency=wanted.agency,
            of_field=wanted.of_field,
            procedure_code=wanted.procedure_code,
            book=wanted.book,
            since=wanted.since,
            until=wanted.until,
            overdue_at=at if wanted.overdue else None,
            not_about=actor.id,
        )
        if not wanted.words.strip():
            return chosen
        # A word that says nothing by itself stands in no index: without another one nothing can be looked for.
        words = words_of(self.folds.fold(wanted.words))
        spread = await self.words.spreads(session, words)
        if not words or not all(found.count for found in spread.values()):
            return None
        ordered = tuple(sorted(words, key=lambda one: spread[one]))
        return replace(chosen, words=ordered, rarest=spread[ordered[0]].count)
