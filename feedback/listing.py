"""Lists records for officials: filters, words, pages, and what each of them may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, Role
from feedback.counting_store import CountingStore
from feedback.disclosure import TO_BE_PUBLIC, Disclosure, Whom
from feedback.listing_store import Filter, Line, ListingStore, Mark
from feedback.ports import FoldsText
from feedback.record import ENDED, Book, Status
from feedback.similarity import words_of
from feedback.word_store import WordStore
from feedback.working_time.zone import here

LONGEST_PAGE = 200
MOST_COUNTED = 10_000
"""Of one queue; a count that is as high says "or more"."""
_SEE_ALL = (Role.RECEIVER, Role.APPROVER, Role.REPORTER)
LISTS = (*_SEE_ALL, Role.HANDLER, Role.PUBLISHER)
"""Who sees lists at all."""


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
    officer: str = ""
    """Account of who handles it."""
    due_since: datetime | None = None
    """A duty ends then or later, and none before …"""
    due_before: datetime | None = None
    """… and before that."""
    to_approve: bool = False
    """Its answer waits for approval."""
    oldest: bool = False
    """The oldest first."""


@dataclass(frozen=True)
class Page:
    """Some records, the newest first unless the oldest were wanted first."""

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
    counting: CountingStore = field(default_factory=CountingStore)

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

        Receivers, approvers and reporters see every record, handlers and publishers those of the own unit, publishers also
        all that are approved to be public; nobody sees in a list the record in which they are complained about.

        Raises:
            NotAllowedError: the actor sees no records.
        """
        actor.require(*LISTS)
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

    async def counts(
        self, session: AsyncSession, actor: Actor, wanted: Sequence[Wanted], at: datetime
    ) -> Sequence[int]:
        """Count what some lists of the actor would hold, each up to ``MOST_COUNTED``; without words.

        Raises:
            NotAllowedError: the actor sees no records.
        """
        actor.require(*LISTS)
        chosen = [await self._filter(session, actor, replace(one, words=""), at) for one in wanted]
        counted = iter(await self.counting.counts(session, [one for one in chosen if one is not None], MOST_COUNTED))
        return [0 if one is None else next(counted) for one in chosen]

    async def bands(self, session: AsyncSession, actor: Actor, ends: Sequence[datetime], at: datetime) -> Sequence[int]:
        """Count the actor's records of which the next duty ends before each of some moments, but not before the one before it.

        Raises:
            NotAllowedError: the actor sees no records.
        """
        actor.require(*LISTS)
        chosen = await self._filter(session, actor, Wanted(), at)
        return [0] * len(ends) if chosen is None else await self.counting.bands(session, chosen, ends)

    async def some(self, session: AsyncSession, actor: Actor, ids: Sequence[int], at: datetime) -> Sequence[Line]:
        """Return those of some records that the actor sees in lists, in their order."""
        actor.require(*LISTS)
        chosen = await self._filter(session, actor, Wanted(), at)
        lines = await self.store.some(session, ids, chosen) if chosen is not None else ()
        return [self._shown(actor, one, here(at).date()) for one in lines]

    async def load(self, session: AsyncSession, actor: Actor) -> Mapping[tuple[str, str], int]:
        """Return how many open records each unit and person has.

        Raises:
            NotAllowedError: the actor sees no records.
        """
        actor.require(*LISTS)
        return await self.counting.load(session, [one for one in Status if one not in ENDED])

    async def _filter(self, session: AsyncSession, actor: Actor, wanted: Wanted, at: datetime) -> Filter | None:
        unit = wanted.unit
        public = actor.has({Role.PUBLISHER}) and bool(wanted.statuses) and TO_BE_PUBLIC.issuperset(wanted.statuses)
        if not public and not actor.has(_SEE_ALL):
            if not actor.unit or unit not in ("", actor.unit):
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
            officer=wanted.officer,
            due_since=wanted.due_since,
            due_before=at if wanted.overdue else wanted.due_before,
            to_approve=wanted.to_approve,
            oldest=wanted.oldest,
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
