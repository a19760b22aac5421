"""Reads what happened to records: from the register's tables, as reports are made, and from the log alone, as they are proven."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.clocks import Deadline, Step, Timer, follow
from feedback.described import NOW, Described, read
from feedback.disclosure import Whom
from feedback.log_store import LogStore, Told
from feedback.posting_store import numbers
from feedback.record import About, Book, Border, Category, Form, Kind, Outcome, SenderKind, Status
from feedback.reports.story import Limit, Moved, Period, Story
from feedback.tables import deadline, event, record
from feedback.transitions import Action

_PAGE = 500
_COLUMNS = [column for column in record.c if column.name not in ("body", "masked")]


async def stories(session: AsyncSession, log: LogStore, book: Book, period: Period) -> AsyncIterator[Story]:
    """Give every record of a book with which something happened in a period or that was open in it, in order of entry."""
    ids = await _concerned(session, book, period)
    for start in range(0, len(ids), _PAGE):
        chosen = select(*_COLUMNS).where(record.c.id.in_(numbers(session, ids[start : start + _PAGE])))
        rows = (await session.execute(chosen.order_by(record.c.id))).all()
        for story in await _told(session, log, rows):
            yield story


async def stories_of(session: AsyncSession, log: LogStore, ids: Sequence[int]) -> list[Story]:
    """Return some records, in order of entry."""
    chosen = select(*_COLUMNS).where(record.c.id.in_(numbers(session, ids))).order_by(record.c.id)
    return await _told(session, log, (await session.execute(chosen)).all())


async def _concerned(session: AsyncSession, book: Book, period: Period) -> Sequence[int]:
    """Return the numbers of the records, each found by an index: no record is opened for it."""
    entered = record.c.book == book, record.c.entered_at < period.until
    happened = select(event.c.record).where(event.c.at >= period.since, event.c.at < period.until)
    ways = (record.c.ended_at.is_(None), record.c.ended_at >= period.since, record.c.id.in_(happened))
    found = union(*(select(record.c.id).where(*entered, way) for way in ways)).subquery()
    return list((await session.execute(select(found.c.id).order_by(found.c.id))).scalars())


@dataclass(frozen=True)
class Said:
    """What was said in a record, and of whom."""

    words: str = field(repr=False)
    """Masked."""
    whom: Whom


async def said(session: AsyncSession, ids: Sequence[int]) -> dict[int, Said]:
    """Return what was said in some records."""
    found: dict[int, Said] = {}
    columns = [record.c[name] for name in ("id", "masked", "about", "border", "accused", "agency")]
    for start in range(0, len(ids), _PAGE):
        chosen = select(*columns).where(record.c.id.in_(numbers(session, ids[start : start + _PAGE])))
        for row in await session.execute(chosen):
            whom = Whom(About(row.about), Border(row.border), row.accused or "", row.agency)
            found[row.id] = Said(row.masked, whom)
    return found


async def _told(session: AsyncSession, log: LogStore, rows: Sequence[Row[Any]]) -> list[Story]:
    ids = numbers(session, [row.id for row in rows])
    moves: dict[int, list[Moved]] = defaultdict(list)
    steps = select(event).where(event.c.record.in_(ids)).order_by(event.c.seq)
    for step in await session.execute(steps):
        if step.to_status is not None:
            grade = _grade(log.told(step)) if step.action == Action.RATE else None
            moves[step.record].append(Moved(step.at, Action(step.action), Status(step.to_status), grade))
    limits: dict[int, list[Limit]] = defaultdict(list)
    clocks = select(deadline).where(deadline.c.record.in_(ids)).order_by(deadline.c.id)
    for clock in await session.execute(clocks):
        limits[clock.record].append(Limit(clock.rule, clock.started_at, clock.due_at, clock.met_at))
    return [_story(row, moves[row.id], limits[row.id]) for row in rows]


def _story(row: Row[Any], moves: Sequence[Moved], limits: Sequence[Limit]) -> Story:
    return Story(
        record=row.id,
        book=Book(row.book),
        number=row.number,
        year=row.year,
        receipt=row.receipt,
        entered_at=row.entered_at,
        form=Form(row.form),
        channel=row.channel,
        kind=Kind(row.kind),
        about=About(row.about),
        category=Category(row.category) if row.category else None,
        agency=row.agency,
        unit=row.unit,
        field=row.field or "",
        sender_kind=SenderKind(row.sender_kind),
        procedure=row.procedure_code or "",
        dossier=row.dossier_code or "",
        basis=row.basis or "",
        outcome=Outcome(row.outcome) if row.outcome else None,
        satisfied=row.satisfied,
        sample=row.sample,
        moves=tuple(moves),
        limits=tuple(limits),
    )


@dataclass
class _Replayed:
    """A record as the log builds it up."""

    now: Described | None = None
    moves: list[Moved] = field(default_factory=list)
    limits: list[Deadline] = field(default_factory=list)


async def replayed(session: AsyncSession, log: LogStore, timer: Timer, book: Book) -> list[Story]:
    """Return every record of a book from the log alone: its entries with their details, and the clocks counted anew.

    Records whose details were blanked by their age are not among them.
    """
    found: dict[int, _Replayed] = defaultdict(_Replayed)
    async for told in log.opened(session):
        _replay(found[told.entry.record], told, timer)
    return [story for number, one in sorted(found.items()) for story in _from_log(number, one, book)]


def _replay(one: _Replayed, told: Told, timer: Timer) -> None:
    entry = told.entry
    if NOW in told.details:
        one.now = read(told.details[NOW])
    if entry.to_status is None or one.now is None:
        return
    one.moves.append(Moved(entry.at, entry.action, entry.to_status, _grade(told)))
    now = one.now
    step = Step(entry.action, entry.at, entry.record, entry.to_status, now.about, now.unit, now.clock_from, now.sample)
    for changed in follow(one.limits, step, timer):
        same = next((at for at, kept in enumerate(one.limits) if _is_same(kept, changed)), None)
        if same is None:
            one.limits.append(changed)
        else:
            one.limits[same] = changed


def _grade(told: Told) -> int | None:
    return int(told.details["grade"]) if told.entry.action is Action.RATE and "grade" in told.details else None


def _is_same(kept: Deadline, changed: Deadline) -> bool:
    return kept.rule == changed.rule and kept.started_at == changed.started_at


def _from_log(number: int, one: _Replayed, book: Book) -> Iterator[Story]:
    now = one.now
    if now is None or now.book is not book:
        return
    limits = tuple(Limit(limit.rule, limit.started_at, limit.due_at, limit.met_at) for limit in one.limits)
    same = {name: getattr(now, name) for name in Described.__struct_fields__ if name != "clock_from"}
    yield Story(record=number, moves=tuple(one.moves), limits=limits, **same)
