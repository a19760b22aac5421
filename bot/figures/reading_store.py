"""Reads the day's counts, within the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, false, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.tables import LEAVING, UNFINISHED, inbox, outbox
from bot.dossiers.changes import Kind
from bot.dossiers.rating.answers import Attitude
from bot.dossiers.rating.grade import OF_DOSSIER, Tally
from bot.dossiers.rating.tables import dossier_rating_day
from bot.dossiers.tables import ASKED, SLIPS, dossier, dossier_change
from bot.figures.counting_store import starts
from bot.figures.tables import dossier_day, grade_day, known_of, papers_day, points_of, reply_day, sent_day, talk_day
from bot.rating.tables import answer_rating_day
from feedback.reports.daily import spans


@dataclass(frozen=True)
class Ended:
    """Dossiers of a unit that ended."""

    unit: str
    """As its source names it; empty for unknown."""
    ended: int
    late: int
    undated: int
    """Without an appointment: neither on time nor late."""

    @property
    def on_time(self) -> int:
        """Those that ended by their appointment."""
        return self.ended - self.late - self.undated


@dataclass(frozen=True)
class Papers:
    """What was wrong with the dossiers of a procedure."""

    procedure: str
    asked: int
    again: int
    refused: int
    late: int = 0
    """Apologies for a missed appointment."""


@dataclass(frozen=True)
class Slip:
    """That a dossier's source told of a slip: a request for papers, a refusal, an apology."""

    at: datetime
    code: str
    kind: str
    procedure: str
    unit: str
    due_at: datetime | None
    """The appointment in force after it."""


@dataclass(frozen=True)
class Talk:
    """What citizens wrote on a channel on one day, and what came of it."""

    day: date
    channel: str
    came: int
    answered: int
    asked_back: int
    declined: int
    failed: int


@dataclass(frozen=True)
class Opinion:
    """What people thought."""

    rated: int
    good: int
    bad: int


@dataclass(frozen=True)
class Queue:
    """What waits now."""

    waiting: int
    since: datetime | None


@dataclass(frozen=True)
class Sent:
    """What left by a channel."""

    went: int = 0
    unreachable: int = 0
    dead: int = 0


async def dossiers(session: AsyncSession, since: date, until: date) -> Sequence[Ended]:
    """Return the dossiers that ended from one day until before another, by unit."""
    sums = (func.sum(dossier_day.c[name]) for name in ("ended", "late", "undated"))
    chosen = (
        select(dossier_day.c.unit, *sums).where(within_days(dossier_day, since, until)).group_by(dossier_day.c.unit)
    )
    found = [Ended(row[0], *map(int, row[1:])) for row in await session.execute(chosen)]
    return sorted(found, key=lambda one: one.unit)


async def papers(session: AsyncSession, since: date, until: date) -> Mapping[str, Papers]:
    """Return how often papers were asked for, by procedure."""
    sums = (func.sum(papers_day.c[name]) for name in ("asked", "again", "refused", "late"))
    chosen = select(papers_day.c.procedure_code, *sums).where(*_days(papers_day, since, until))
    rows = await session.execute(chosen.group_by(papers_day.c.procedure_code))
    return {row[0]: Papers(row[0], *map(int, row[1:])) for row in rows}


async def slips(session: AsyncSession, since: date, until: date) -> AsyncIterator[Slip]:
    """Give what sources told of slips, in the order of their moments."""
    columns = [dossier_change.c[name] for name in ("id", "at", "code", "kind", "due_at")]
    together = dossier_change.join(dossier, dossier.c.code == dossier_change.c.code)
    chosen = select(*columns, dossier.c.procedure_code, dossier.c.unit).select_from(together)
    day = since
    while day < until:
        within = dossier_change.c.at >= starts(day), dossier_change.c.at < starts(day + timedelta(days=1))
        ours = chosen.where(*within, SLIPS, dossier.c.sample.is_(False)).order_by(
            dossier_change.c.at, dossier_change.c.id
        )
        for row in (await session.execute(ours)).all():
            yield Slip(row.at, row.code, row.kind, row.procedure_code, row.unit or "", row.due_at)
        day += timedelta(days=1)


async def asked_for_papers(session: AsyncSession, code: str, since: date, until: date, most: int) -> Sequence[str]:
    """Return the codes of the dossiers for which papers were asked in a period, those asked last first.

    Args:
        session: to read with.
        code: national part of their procedure's.
        since: first day.
        until: day behind the last one.
        most: how many at most.
    """
    later, end = dossier_change.alias(), starts(until)
    # Each with its last request alone, so that reading ends with the last one that is wanted.
    again = select(later.c.id).where(
        later.c.code == dossier_change.c.code,
        later.c.revision > dossier_change.c.revision,
        later.c.kind == Kind.SUPPLEMENT.value,
        later.c.at < end,
    )
    within = dossier_change.c.at >= starts(since), dossier_change.c.at < end
    own = ASKED, dossier_change.c.procedure_code == code, *within, ~again.exists()
    chosen = select(dossier_change.c.code).where(*own).order_by(dossier_change.c.at.desc(), dossier_change.c.code)
    return (await session.scalars(chosen.limit(most))).all()


async def tallies(session: AsyncSession, since: date, until: date) -> Mapping[str, Tally]:
    """Return what the draft grades are made from, by unit, of the dossiers that ended in a period."""
    names = ["dossiers", "rated", *map(points_of, OF_DOSSIER), *map(known_of, OF_DOSSIER)]
    chosen = select(grade_day.c.unit, *(func.sum(grade_day.c[name]).label(name) for name in names))
    rows = await session.execute(chosen.where(within_days(grade_day, since, until)).group_by(grade_day.c.unit))
    found = {}
    for row in rows.mappings():
        sums, known = ({index: int(row[of(index)]) for index in OF_DOSSIER} for of in (points_of, known_of))
        found[row["unit"]] = Tally(int(row["dossiers"]), int(row["rated"]), Counter(sums), Counter(known))
    return dict(sorted(found.items()))


async def talk(session: AsyncSession, since: date, until: date) -> Sequence[Talk]:
    """Return the messages of each day and channel."""
    columns = [talk_day.c[name] for name in ("day", "channel", "came", "answered", "asked_back", "declined", "failed")]
    rows = await session.execute(
        select(*columns).where(*_days(talk_day, since, until)).order_by(talk_day.c.day, talk_day.c.channel)
    )
    return [Talk(*row) for row in rows]


async def waits(session: AsyncSession, since: date, until: date) -> Mapping[str, Mapping[int, int]]:
    """Return how long first replies took, by channel and class; see ``bot.figures.waits``."""
    keys = reply_day.c.channel, reply_day.c.bucket
    chosen = select(*keys, func.sum(reply_day.c.count)).where(within_days(reply_day, since, until)).group_by(*keys)
    found: dict[str, dict[int, int]] = {}
    for channel, bucket, number in await session.execute(chosen):
        found.setdefault(channel, {})[bucket] = int(number)
    return found


async def sent(session: AsyncSession, since: date, until: date) -> Mapping[str, Sent]:
    """Return what left, by channel."""
    sums = (func.sum(sent_day.c[name]) for name in ("went", "unreachable", "dead"))
    chosen = select(sent_day.c.channel, *sums).where(*_days(sent_day, since, until)).group_by(sent_day.c.channel)
    return {row[0]: Sent(*map(int, row[1:])) for row in await session.execute(chosen)}


async def last_seen(session: AsyncSession) -> Mapping[str, tuple[datetime | None, datetime | None]]:
    """Return when each channel last brought something and last took something away, as it was counted last."""
    came = select(talk_day.c.channel, func.max(talk_day.c.last_came)).group_by(talk_day.c.channel)
    went = select(sent_day.c.channel, func.max(sent_day.c.last_went)).group_by(sent_day.c.channel)
    first: dict[str, datetime | None] = {row[0]: row[1] for row in await session.execute(came)}
    second: dict[str, datetime | None] = {row[0]: row[1] for row in await session.execute(went)}
    return {name: (first.get(name), second.get(name)) for name in sorted({*first, *second})}


async def queues(session: AsyncSession) -> Mapping[str, tuple[Queue, Queue]]:
    """Return what waits to be answered and to be sent at this moment, by channel."""
    found: dict[str, list[Queue]] = {}
    for place, (table, moment, waiting) in enumerate(
        ((inbox, inbox.c.received_at, UNFINISHED), (outbox, outbox.c.created_at, LEAVING))
    ):
        # Not the column itself: an index begins with it, which leads past every message that ever came.
        own = table.c.channel.concat("").label("own")
        chosen = select(own, func.count(), func.min(moment)).where(text(waiting)).group_by(own)
        for channel, number, since in await session.execute(chosen):
            found.setdefault(channel, [Queue(0, None), Queue(0, None)])[place] = Queue(number, since)
    return {channel: (one, two) for channel, (one, two) in found.items()}


async def usefulness(session: AsyncSession, since: date, until: date) -> Opinion:
    """Return how many answers were called useful."""
    found = await _opinions(session, answer_rating_day, "useful", since, until)
    return Opinion(sum(found.values()), found.get(True, 0), found.get(False, 0))


async def attitudes(session: AsyncSession, since: date, until: date) -> Opinion:
    """Return how applicants were treated, as they say."""
    found = await _opinions(session, dossier_rating_day, "attitude", since, until)
    return Opinion(sum(found.values()), found.get(Attitude.GOOD.value, 0), found.get(Attitude.BAD.value, 0))


async def _opinions(session: AsyncSession, table: Table, said: str, since: date, until: date) -> Mapping[Any, int]:
    chosen = select(table.c[said], func.sum(table.c.count)).where(*_days(table, since, until)).group_by(table.c[said])
    return {row[0]: int(row[1]) for row in await session.execute(chosen)}


def _days(table: Table, since: date, until: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.day >= since, table.c.day < until


def within_days(table: Table, since: date, until: date) -> ColumnElement[bool]:
    """Return what chooses the rows of whole months, and those of the days before and behind them."""
    parts = spans(since, until)
    return or_(false(), *(and_(table.c.grain == grain.value, *_days(table, *days)) for grain, *days in parts))
