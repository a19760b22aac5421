"""Puts the periodic report, the register book and the export together, for whoever may read them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, Role
from feedback.disclosure import Disclosure, is_accused
from feedback.log_store import LogStore
from feedback.ports import CountsDossiers
from feedback.record import About, Book
from feedback.reports.counting import PROCESS, Row, tally, total
from feedback.reports.indicators import OF_DOSSIERS, Indicator, indicators
from feedback.reports.story import OPEN, Period, Story
from feedback.reports.story_store import Said, said, stories
from feedback.working_time.zone import here

_AT_ONCE = 500
READERS = (Role.REPORTER, Role.RECEIVER, Role.APPROVER)


@dataclass(frozen=True)
class Anchor:
    """Where the log ended when a report was made: printed on it, it proves later that nothing before was changed."""

    seq: int
    hash: str
    """In hexadecimal."""


@dataclass(frozen=True)
class Report:
    """The periodic report."""

    period: Period
    book: Book
    made_at: datetime
    rows: Sequence[Row]
    total: Mapping[str, int]
    indicators: Sequence[Indicator]
    anchor: Anchor


@dataclass(frozen=True)
class Line:
    """A line of the register book (sổ theo dõi): nothing of the sender."""

    story: Story
    """Without its receipt for who may not see the sender: with it and four digits anybody learns whose it is."""
    words: str = field(repr=False)
    """Masked."""
    due_at: datetime | None
    ended_at: datetime | None
    withheld: bool = False
    """Whether the reader is who is complained about, and the words are left out."""


@dataclass(frozen=True)
class Reports:
    """What is read from the register for reports."""

    log: LogStore
    dossiers: CountsDossiers
    disclosure: Disclosure

    async def periodic(
        self,
        session: AsyncSession,
        actor: Actor,
        period: Period,
        book: Book,
        at: datetime,
        agency: str = "",
        field: str = "",
    ) -> Report:
        """Return the report of a period.

        Args:
            session: to read with.
            actor: who asks.
            period: reported on.
            book: the register; practice is never mixed with it.
            at: now.
            agency: only this one; empty for all.
            field: only this one; empty for all. Dossiers have none: their indicator (5.4) is left out then.

        Raises:
            NotAllowedError: the actor may read no reports.
        """
        actor.require(*READERS)
        every = stories(session, self.log, book, period)
        told = [story async for story in every if agency in ("", story.agency) and field in ("", story.field)]
        rows = tally(told, period)
        counts = total(rows)
        dossiers = await self.dossiers.count(session, agency, period.since, period.until)
        named = {
            story.dossier
            for story in told
            if story.dossier and period.has(story.entered_at) and story.about is not About.CONTENT
        }
        seq, newest = await self.log.last(session)
        lines = [one for one in indicators(counts, dossiers, len(named)) if not (field and one.id == OF_DOSSIERS)]
        return Report(period, book, at, rows, counts, lines, Anchor(seq, newest.hex()))

    async def lines(
        self, session: AsyncSession, actor: Actor, period: Period, book: Book, at: datetime
    ) -> AsyncIterator[Line]:
        """Give the lines of the records entered in a period in order of entry, each as much as the reader may see of it.

        Raises:
            NotAllowedError: the actor may read no reports.
        """
        actor.require(*READERS)
        some: list[Story] = []
        async for story in stories(session, self.log, book, period):
            if period.has(story.entered_at):
                some.append(story)
            if len(some) == _AT_ONCE:
                for line in await self._lines(session, actor, some, at):
                    yield line
                some = []
        for line in await self._lines(session, actor, some, at):
            yield line

    async def register_book(
        self, session: AsyncSession, actor: Actor, period: Period, book: Book, at: datetime
    ) -> Sequence[Line]:
        """Return the lines of the records entered in a period, by their numbers, each as much as the reader may see of it.

        Raises:
            NotAllowedError: the actor may read no reports.
        """
        lines = [line async for line in self.lines(session, actor, period, book, at)]
        return sorted(lines, key=lambda line: (line.story.year, line.story.number))

    async def _lines(self, session: AsyncSession, actor: Actor, told: Sequence[Story], at: datetime) -> list[Line]:
        words = await said(session, [story.record for story in told])
        return [self._line(actor, story, words[story.record], here(at).date()) for story in told]

    def _line(self, actor: Actor, story: Story, said: Said, day: date) -> Line:
        due, ended = _due(story), _ended(story)
        if is_accused(actor, said.whom):
            return Line(replace(story, receipt="", dossier=""), "", due, ended, withheld=True)
        if not actor.has({Role.RECEIVER}) or self.disclosure.veils(actor, said.whom, day):
            story = replace(story, receipt="")
        return Line(story, said.words, due, ended)


def _due(story: Story) -> datetime | None:
    ran = [limit for limit in story.limits if limit.rule == PROCESS]
    return max(ran, key=lambda limit: limit.started_at).due_at if ran else None


def _ended(story: Story) -> datetime | None:
    """Return when it was handled or left last; ``None`` for what is still to be handled."""
    ended: datetime | None = None
    for move in story.moves:
        if move.to in OPEN:
            ended = None
        elif ended is None:
            ended = move.at
    return ended
