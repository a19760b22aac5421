"""Counts one day anew from what is kept, and keeps the counts, within the caller's transaction; never commits.

The same day twice comes to the same rows; a day whose rows stay the same is not written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    Table,
    and_,
    case,
    cast,
    delete,
    extract,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.statements import insertion
from bot.delivery.tables import InboxState, OutboxState, inbox, outbox
from bot.dossiers.changes import Kind
from bot.dossiers.tables import OPEN, SLIPS, dossier, dossier_change
from bot.figures.tables import (
    dossier_day,
    filed_day,
    grade_day,
    mark,
    papers_day,
    post_day,
    reply_day,
    sent_day,
    talk_day,
)
from bot.figures.waits import BOUNDS
from bot.postal.asked_tables import postal_asked
from feedback.reports.daily import Grain, day_of, next_month
from feedback.working_time.zone import here
from nlu.decision import Outcome

ANSWERED = (Outcome.ANSWERED, Outcome.DETAILS_MISSING)
ASKED_BACK = (Outcome.CHOOSE,)
DECLINED = (Outcome.DECLINED, Outcome.NOT_IN_CATALOGUE)
SEEN = (OutboxState.HELD, OutboxState.DELIVERED)
MONTHLY = (dossier_day, filed_day, grade_day, post_day, reply_day)
"""Tables with many rows a day, of which months are kept, too."""
TOTALLED = (filed_day, post_day)
"""Those of which all procedures of a day together are kept, too."""
FILED = tuple(column.name for column in filed_day.c if not column.primary_key)
BY_POST = 3
"""KenhThucHien: filed by the public postal service."""
Rows = list[dict[str, Any]]
Counted = Mapping[Table, Rows]
"""All rows of a day, by table."""


def starts(day: date) -> datetime:
    """Return when a day begins."""
    return day_of(day).since


async def count_dossiers(session: AsyncSession, day: date, after: int = 0) -> Counted:
    """Count the dossiers that ended on a day, by unit, as ``DossiersOfPeriod`` counts them."""
    unit = func.coalesce(dossier.c.unit, "")
    columns = {
        "ended": func.count(),
        "late": _many(dossier.c.ended_at > dossier.c.due_at),
        "undated": _many(dossier.c.due_at.is_(None)),
    }
    ours = *on_day(dossier.c.ended_at, day), dossier.c.sample.is_(False)
    chosen = select(unit.label("unit"), *_named(columns)).where(*ours).group_by(unit)
    return {dossier_day: await _rows(session, day, chosen)}


async def count_filed(session: AsyncSession, day: date, after: int = 0) -> Counted:
    """Count the dossiers that were received, and those that ended, on a day, by procedure, and those filed by post apart."""
    code, every = dossier.c.procedure_code, literal(True)
    late, undated = dossier.c.ended_at > dossier.c.due_at, dossier.c.due_at.is_(None)
    found: dict[str, dict[str, Any]] = {}
    for moment, chosen in (
        (dossier.c.received_at, {"received": every}),
        (dossier.c.ended_at, {"ended": every, "late": late, "undated": undated}),
    ):
        columns = {name: _many(one) for name, one in chosen.items()}
        columns |= {f"post_{name}": _many(and_(one, dossier.c.channel == BY_POST)) for name, one in chosen.items()}
        ours = *on_day(moment, day), dossier.c.sample.is_(False)
        for row in await _rows(session, day, select(code, *_named(columns)).where(*ours).group_by(code)):
            found.setdefault(row["procedure_code"], dict.fromkeys(FILED, 0)).update(row)
    return {filed_day: list(found.values())}


async def count_post(session: AsyncSession, day: date, after: int = 0) -> Counted:
    """Count what was asked of the post on a day, by procedure; nothing of a day without questions: they may be deleted by now."""
    keys = postal_asked.c.procedure_code, postal_asked.c.topic
    chosen = select(*keys, *_named({"count": func.count()})).where(postal_asked.c.day == day).group_by(*keys)
    rows = await _rows(session, day, chosen)
    return {post_day: rows} if rows else {}


async def count_papers(session: AsyncSession, day: date, after: int = 0) -> Counted:
    """Count how often papers were asked for, dossiers not taken, and apologies made, by procedure."""
    earlier = dossier_change.alias()
    before = (
        select(earlier.c.id)
        .where(earlier.c.code == dossier_change.c.code, earlier.c.kind == Kind.SUPPLEMENT.value)
        .where(earlier.c.revision < dossier_change.c.revision)
        .exists()
    )
    asked = dossier_change.c.kind == Kind.SUPPLEMENT.value
    columns = {
        "asked": _many(asked),
        "again": _many(asked & before),
        "refused": _many(dossier_change.c.kind == Kind.REFUSED.value),
        "late": _many(dossier_change.c.kind == Kind.LATE_APOLOGY.value),
    }
    together = dossier_change.join(dossier, dossier.c.code == dossier_change.c.code)
    ours: list[Any] = [*on_day(dossier_change.c.at, day), SLIPS, dossier.c.sample.is_(False)]
    chosen = select(dossier.c.procedure_code, *_named(columns)).select_from(together).where(*ours)
    return {papers_day: await _rows(session, day, chosen.group_by(dossier.c.procedure_code))}


async def count_talk(session: AsyncSession, day: date, after: int) -> Counted:
    """Count the messages that came on a day, by channel; only those beyond a number are looked at."""
    columns = {
        "came": func.count(),
        **{
            name: _many(inbox.c.outcome.in_([one.value for one in outcomes]))
            for name, outcomes in (("answered", ANSWERED), ("asked_back", ASKED_BACK), ("declined", DECLINED))
        },
        "failed": _many(inbox.c.state == InboxState.FAILED),
        "last_came": func.max(inbox.c.received_at),
    }
    ours = inbox.c.id > after, *on_day(inbox.c.received_at, day)
    chosen = select(inbox.c.channel, *_named(columns)).where(*ours).group_by(inbox.c.channel)
    return {talk_day: await _rows(session, day, chosen), reply_day: await _rows(session, day, _replies(session, ours))}


async def count_sent(session: AsyncSession, day: date, after: int) -> Counted:
    """Count the messages that were written on a day, by channel."""
    went = outbox.c.state.in_(SEEN)
    columns = {
        "went": _many(went),
        "unreachable": _many(outbox.c.state == OutboxState.UNREACHABLE),
        "dead": _many(outbox.c.state == OutboxState.DEAD),
        "last_went": func.max(case((went, func.coalesce(outbox.c.finished_at, outbox.c.created_at)))),
    }
    ours = outbox.c.id > after, *on_day(outbox.c.created_at, day)
    chosen = select(outbox.c.channel, *_named(columns)).where(*ours).group_by(outbox.c.channel)
    return {sent_day: await _rows(session, day, chosen)}


def _replies(session: AsyncSession, ours: Sequence[ColumnElement[bool]]) -> Select[Any]:
    came_out = func.coalesce(outbox.c.finished_at, outbox.c.created_at)
    first = (
        select(inbox.c.channel, func.min(_seconds(session, inbox.c.received_at, came_out)).label("seconds"))
        .select_from(inbox.join(outbox, outbox.c.inbox_id == inbox.c.id))
        .where(*ours, outbox.c.state.in_(SEEN))
        .group_by(inbox.c.channel, inbox.c.id)
        .subquery()
    )
    # A little is allowed for, since a database may keep a moment as a fraction of a day.
    bucket = case(
        *((first.c.seconds <= bound + 0.0005, place) for place, bound in enumerate(BOUNDS)), else_=len(BOUNDS)
    )
    chosen = select(first.c.channel, bucket.label("bucket"), func.count().label("count"))
    return chosen.group_by(first.c.channel, bucket)


def _seconds(session: AsyncSession, since: Any, until: Any) -> ColumnElement[float]:
    if session.get_bind().dialect.name == "postgresql":
        return cast(extract("epoch", until - since), Float)
    return (func.julianday(until) - func.julianday(since)) * 86400.0


# ---- where counting goes on ----------------------------------------------------------------------------------------


async def first_day(session: AsyncSession, table: Table, after: int) -> date | None:
    """Return the day of the first message beyond a number; ``None`` for none."""
    chosen = select(_moment(table)).where(table.c.id > after).order_by(table.c.id).limit(1)
    found: datetime | None = (await session.execute(chosen)).scalar()
    return here(found).date() if found else None


async def last_before(session: AsyncSession, table: Table, day: date, after: int) -> int:
    """Return the number of the last message before the first one of a day; as before where there is none."""
    chosen = select(func.min(table.c.id)).where(table.c.id > after, _moment(table) >= starts(day))
    found: int | None = (await session.execute(chosen)).scalar()
    return found - 1 if found else after


async def marked(session: AsyncSession, name: str) -> tuple[int, datetime | None]:
    """Return a kept number and its moment; 0 for none."""
    row = (await session.execute(select(mark.c.number, mark.c.at).where(mark.c.name == name))).first()
    return (row.number, row.at) if row else (0, None)


async def keep_mark(session: AsyncSession, name: str, number: int, at: datetime) -> None:
    """Keep a number in place of an earlier one."""
    inserted = insertion(session, mark).values(name=name, number=number, at=at)
    changed = {"number": inserted.excluded.number, "at": inserted.excluded.at}
    await session.execute(inserted.on_conflict_do_update(index_elements=["name"], set_=changed))


async def turn(session: AsyncSession, at: datetime) -> None:
    """Wait until no other process keeps rows: two that replace the same day at once would both insert it."""
    await keep_mark(session, "turn", 0, at)


async def open_dossiers(session: AsyncSession, now: datetime) -> int:
    """Return how many dossiers are past their appointment and have not ended."""
    late = OPEN, dossier.c.due_at < now, dossier.c.sample.is_(False)
    return (await session.execute(select(func.count()).select_from(dossier).where(*late))).scalar_one()


def _moment(table: Table) -> Any:
    return table.c.received_at if table is inbox else table.c.created_at


def on_day(moment: Any, day: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a moment lies within a day."""
    return moment >= starts(day), moment < starts(day + timedelta(days=1))


def _many(chosen: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((chosen, 1), else_=0)), 0)


def _named(columns: dict[str, Any]) -> list[Any]:
    return [column.label(name) for name, column in columns.items()]


async def _rows(session: AsyncSession, day: date, chosen: Select[Any]) -> Rows:
    return [{"day": day, **row} for row in (await session.execute(chosen)).mappings()]


async def is_kept(session: AsyncSession, day: date, counted: Counted) -> bool:
    """Tell whether exactly these rows are kept of a day."""
    for table, rows in counted.items():
        kept = (await session.execute(select(table).where(*_of(table, day)))).mappings()
        if _in_order(table, [dict(row) for row in kept]) != _in_order(table, rows):
            return False
    return True


async def keep(session: AsyncSession, day: date, counted: Counted) -> None:
    """Keep the rows of a day in place of earlier ones, and sum its month up anew where months are kept."""
    for table, rows in counted.items():
        await session.execute(delete(table).where(*_of(table, day)))
        if rows:
            await session.execute(insert(table), [{**_grain(table, Grain.DAY), **row} for row in rows])
        if table in MONTHLY:
            await _sum_up(session, table, Grain.MONTH, day.replace(day=1), next_month(day))
        if table in TOTALLED:
            await _sum_up(session, table, Grain.TOTAL, day, day + timedelta(days=1))


async def _sum_up(session: AsyncSession, table: Table, grain: Grain, first: date, end: date) -> None:
    fixed: dict[str, Any] = {"grain": grain.value, "day": first}
    if grain is Grain.TOTAL:
        fixed["procedure_code"] = ""
    keys = [column for column in table.primary_key if column.name not in fixed]
    numbers = [column for column in table.c if not column.primary_key]
    within = table.c.grain == Grain.DAY.value, table.c.day >= first, table.c.day < end
    names = [*fixed, *(column.name for column in (*keys, *numbers))]
    same = [literal(value, table.c[name].type) for name, value in fixed.items()]
    # Without a key left, the grain: of no rows there is no sum.
    chosen = select(*same, *keys, *map(func.sum, numbers)).where(*within).group_by(*(keys or [table.c.grain]))
    await session.execute(delete(table).where(*_of(table, first, grain)))
    await session.execute(insert(table).from_select(names, chosen))


def _of(table: Table, day: date, grain: Grain = Grain.DAY) -> list[ColumnElement[bool]]:
    return [table.c.day == day, *(table.c.grain == one for one in _grain(table, grain).values())]


def _grain(table: Table, grain: Grain) -> dict[str, str]:
    return {"grain": grain.value} if table in MONTHLY else {}


def _in_order(table: Table, rows: Rows) -> list[tuple[Any, ...]]:
    names = [column.name for column in table.c if column.name != "grain"]
    keys = [column.name for column in table.primary_key if column.name != "grain"]
    ordered = sorted(rows, key=lambda row: tuple(row[name] for name in keys))
    return [tuple(row[name] for name in names) for row in ordered]
