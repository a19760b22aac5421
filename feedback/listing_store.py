"""Reads pages of records for lists, without opening anything that is sealed; never commits.

A page goes on behind the last line of the one before: a list that grows meanwhile neither repeats nor loses a line, and
the last page costs no more than the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.clocks import DUTIES, State
from feedback.posting_store import bound, having_all, having_each, numbers
from feedback.record import ENDED, About, Book, Border, Category, Kind, Status
from feedback.tables import answer, deadline, record, word

FEW = 500
"""Records with all words up to which these are gone through, rather than the newest records one after another."""
MOST_DUE = 10_000
"""Records with a missed duty that are gone through, the most urgent first."""
OPEN = frozenset(Status) - ENDED
RUNS = and_(deadline.c.state == State.OPEN, deadline.c.rule.in_(DUTIES))
"""Of a deadline: a duty that is not done yet."""
SHOWN = 160
"""Characters of the text in a list."""


@dataclass(frozen=True)
class Mark:
    """The last line of a page."""

    entered_at: datetime
    id: int


@dataclass(frozen=True)
class Filter:
    """Which records to list; what is empty filters nothing."""

    statuses: tuple[Status, ...] = ()
    unit: str = ""
    agency: str = ""
    of_field: str = ""
    """Lĩnh vực."""
    procedure_code: str = ""
    book: Book | None = None
    since: datetime | None = None
    until: datetime | None = None
    officer: str = ""
    """Account of who handles it."""
    due_since: datetime | None = None
    """Only those of which a duty ends then or later …"""
    due_before: datetime | None = None
    """… and before that."""
    to_approve: bool = False
    """Only those whose answer waits for approval."""
    oldest: bool = False
    """The oldest first."""
    not_about: str = ""
    """Account of an official; records about whom are left out."""
    words: tuple[str, ...] = ()
    """Folded; all of them, the rarest first."""
    rarest: int = 0
    """In how many records the rarest one is, counted up to a bound."""

    @property
    def having(self) -> int:
        """Up to how many records with all words are gone through."""
        return bound(self.words, self.rarest, FEW)


@dataclass(frozen=True)
class Line:
    """A record in a list."""

    id: int
    receipt: str
    book: Book
    register_number: str
    status: Status
    kind: Kind
    about: About
    border: Border
    accused: str
    """Account of the official complained about; empty for none of ours."""
    category: Category | None
    said: str = field(repr=False)
    """Beginning of the masked text."""
    procedure_name: str
    agency: str
    unit: str
    officer: str
    entered_at: datetime
    due_at: datetime | None
    """When the next duty ends; ``None`` for none, or while the sender is waited for."""
    sample: bool

    @property
    def mark(self) -> Mark:
        """Where a page goes on behind this line."""
        return Mark(self.entered_at, self.id)


class ListingStore:
    """The records of one database."""

    async def page(self, session: AsyncSession, chosen: Filter, after: Mark | None, most: int) -> Sequence[Line]:
        """Return records, the newest first, or the oldest."""
        known: Sequence[int] | None = None
        if chosen.words:
            known = await having_all(session, word, chosen.words, chosen.having)
            # Few records have the words: they are looked at one by one. Else the words are looked up of each record.
            known = known if len(known) < chosen.having else None
            chosen = chosen if known is None else replace(chosen, words=())
        if chosen.due_before is not None:
            due = await _due_between(session, chosen)
            known = due if known is None else sorted(set(known).intersection(due))
            running = [one for one in chosen.statuses or Status if one not in ENDED]
            if not running:
                return ()
            chosen = replace(chosen, due_since=None, due_before=None, statuses=tuple(running))
        found = _newest(session, chosen, known, after, most)
        return await self._lines(session, select(*_COLUMNS).where(record.c.id.in_(found)).order_by(*_order(chosen)))

    async def some(self, session: AsyncSession, ids: Sequence[int], chosen: Filter) -> Sequence[Line]:
        """Return those of some records that fit, in their order."""
        where = (record.c.id.in_(ids), *conditions(chosen, ""))
        lines = {one.id: one for one in await self._lines(session, select(*_COLUMNS).where(*where))}
        return [lines[one] for one in ids if one in lines]

    async def _lines(self, session: AsyncSession, chosen: Select[Any]) -> Sequence[Line]:
        rows = (await session.execute(chosen)).all()
        due = await _due(session, [row.id for row in rows if Status(row.status) not in ENDED])
        return [_line(row, due.get(row.id)) for row in rows]


_COLUMNS = (
    *(record.c[name] for name in ("id", "receipt", "book", "year", "number", "status", "kind", "about", "border")),
    *(
        record.c[name]
        for name in ("accused", "category", "procedure_name", "agency", "unit", "officer", "entered_at", "sample")
    ),
    func.substr(record.c.masked, 1, SHOWN).label("said"),
)


_NEWEST = (record.c.entered_at.desc(), record.c.id.desc())
_OLDEST = (record.c.entered_at, record.c.id)


def _order(chosen: Filter) -> tuple[Any, ...]:
    return _OLDEST if chosen.oldest else _NEWEST


async def _due_between(session: AsyncSession, chosen: Filter) -> Sequence[int]:
    """Return the records of which the next duty ends within what is asked, the most urgent first."""
    running = and_(RUNS, deadline.c.due_at < chosen.due_before)
    first = func.min(deadline.c.due_at)
    each = select(deadline.c.record).where(running).group_by(deadline.c.record).order_by(first, deadline.c.record)
    # The earliest duty says how far a record is: one that was missed earlier is in another band.
    mine = each.having(first >= chosen.due_since) if chosen.due_since is not None else each
    return (await session.scalars(mine.limit(MOST_DUE))).all()


def _newest(
    session: AsyncSession, chosen: Filter, known: Sequence[int] | None, after: Mark | None, most: int
) -> Select[tuple[int]]:
    """Choose the newest records that fit, or the oldest.

    Args:
        session: to read with.
        chosen: what fits.
        known: the only ones that may, to be looked at one by one and by no index of what else is asked; ``None`` for all.
        after: only those behind it.
        most: how many.
    """
    few = known is not None
    where = [*conditions(chosen, "" if few else None), *having_each(word, chosen.words, record.c.id)]
    if known is not None:
        where.append(record.c.id.in_(numbers(session, known)))
    if after is not None:
        here, there = tuple_(record.c.entered_at, record.c.id), tuple_(after.entered_at, after.id)
        where.append(here > there if chosen.oldest else here < there)
    order = _order(chosen)
    if few or not chosen.statuses:
        mine = [record.c.status.concat("").in_(chosen.statuses)] if chosen.statuses else []
        return select(record.c.id).where(*where, *mine).order_by(*order).limit(most)
    # The newest of each status: each is one stretch of an index, several at once would be the whole table.
    parts = [
        select(record.c.id, record.c.entered_at).where(*where, record.c.status == one).order_by(*order).limit(most)
        for one in dict.fromkeys(chosen.statuses)
    ]
    if len(parts) == 1:
        return parts[0].with_only_columns(record.c.id)
    both = union_all(*(select(part.subquery()) for part in parts)).subquery()
    columns = (both.c.entered_at, both.c.id)
    return select(both.c.id).order_by(*(columns if chosen.oldest else (one.desc() for one in columns))).limit(most)


def conditions(chosen: Filter, appended: str | None) -> Iterator[ColumnElement[bool]]:
    asked = {name: getattr(chosen, name) for name in ("unit", "officer", "agency", "procedure_code", "book")}
    for name, value in (asked | {"field": chosen.of_field}).items():
        if value:
            # What is computed is looked up in no index.
            yield (record.c[name] if appended is None else record.c[name].concat(appended)) == value
    if chosen.since is not None:
        yield record.c.entered_at >= chosen.since
    if chosen.until is not None:
        yield record.c.entered_at < chosen.until
    if chosen.not_about:
        yield or_(record.c.accused.is_(None), record.c.accused != chosen.not_about)
    if chosen.due_before is not None:
        missed = select(deadline.c.record).where(RUNS, deadline.c.due_at < chosen.due_before)
        yield record.c.id.in_(missed)
        if not chosen.statuses or not OPEN.issuperset(chosen.statuses):
            yield record.c.status.not_in(ENDED)
    if chosen.due_since is not None:
        # The earliest duty says how far a record is: one that was missed earlier is in another band.
        earlier = select(deadline.c.record).where(RUNS, deadline.c.due_at < chosen.due_since)
        yield record.c.id.not_in(earlier)
    if chosen.to_approve:
        yield _WAITS


_sent = answer.alias()
_WAITS = exists().where(
    answer.c.record == record.c.id,
    answer.c.whole,
    answer.c.version
    > func.coalesce(
        select(func.max(_sent.c.version))
        .where(_sent.c.record == record.c.id, _sent.c.approved_at.is_not(None))
        .correlate(record)
        .scalar_subquery(),
        0,
    ),
)
"""It has a whole version of an answer that is newer than what its sender got."""


async def _due(session: AsyncSession, ids: Sequence[int]) -> Mapping[int, datetime]:
    if not ids:
        return {}
    running = and_(deadline.c.record.in_(ids), RUNS)
    rows = await session.execute(select(deadline.c.record, deadline.c.due_at).where(running))
    found: dict[int, datetime] = {}
    for row in rows:
        if row.due_at is not None:
            found[row.record] = min(row.due_at, found.get(row.record, row.due_at))
    return found


def _line(row: Any, due: datetime | None) -> Line:
    return Line(
        id=row.id,
        receipt=row.receipt,
        book=Book(row.book),
        register_number=f"{row.number}/{row.year}",
        status=Status(row.status),
        kind=Kind(row.kind),
        about=About(row.about),
        border=Border(row.border),
        accused=row.accused or "",
        category=Category(row.category) if row.category else None,
        said=row.said,
        procedure_name=row.procedure_name or "",
        agency=row.agency,
        unit=row.unit,
        officer=row.officer or "",
        entered_at=row.entered_at,
        due_at=due,
        sample=row.sample,
    )
