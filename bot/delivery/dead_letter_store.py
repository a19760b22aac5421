"""What an operator sees of the outbox, and what is to be sent once more; within the caller's transaction."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select, text, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.notice_store import NOTICE
from bot.delivery.outgoing import OutboxLine
from bot.delivery.tables import ENDED_UNSENT, UNDECIDED, UNSENT, OutboxState, outbox

COLUMNS = (
    *(outbox.c.id, outbox.c.channel, outbox.c.account, outbox.c.state, outbox.c.created_at, outbox.c.attempts),
    *(outbox.c.due_at, outbox.c.finished_at, outbox.c.detail, outbox.c.body.is_not(None).label("kept")),
    outbox.c.key,
)
Abouts = Collection[str] | None
"""First words of the keys of those notices that somebody may decide about; ``None`` for everything."""


async def list_outbox(
    session: AsyncSession, states: Sequence[OutboxState], channel: str | None, limit: int
) -> list[OutboxLine]:
    """Return rows in these states, the oldest first.

    Args:
        session: the caller's.
        states: ``WAITING`` stands for all that has still to leave.
        channel: of this one alone.
        limit: the most to return.
    """
    wanted = {*states, *(UNSENT if OutboxState.WAITING in states else ())}
    chosen = select(*COLUMNS).where(outbox.c.state.in_(wanted)).order_by(outbox.c.id).limit(limit)
    if channel:
        chosen = chosen.where(outbox.c.channel == channel)
    return [_line(row) for row in (await session.execute(chosen)).mappings()]


async def count_outbox(session: AsyncSession) -> dict[str, int]:
    """Count the rows of each state."""
    counted = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    return {row[0]: row[1] for row in await session.execute(counted)}


async def list_undecided(
    session: AsyncSession, state: OutboxState, abouts: Abouts, after: int, limit: int
) -> list[OutboxLine]:
    """Return what ended in a state and waits for an official's decision, the oldest first.

    Args:
        session: the caller's.
        state: dead or unreachable.
        abouts: what may be seen.
        after: ids up to this one are passed over.
        limit: the most to return.
    """
    chosen = select(*COLUMNS).where(_undecided(state, abouts), outbox.c.id > after).order_by(outbox.c.id).limit(limit)
    return [_line(row) for row in (await session.execute(chosen)).mappings()]


async def count_undecided(session: AsyncSession, state: OutboxState, abouts: Abouts) -> int:
    """Count what ended in a state and waits for an official's decision."""
    return await session.scalar(select(func.count()).select_from(outbox).where(_undecided(state, abouts))) or 0


async def give_up(session: AsyncSession, ids: Sequence[int], abouts: Abouts, at: datetime) -> list[int]:
    """Decide that messages are not sent any more, and take their words out; return the ids of those that were decided."""
    mine = and_(outbox.c.id.in_(ids), text(UNDECIDED), _about(abouts))
    ended = update(outbox).where(mine).values(given_up_at=at, body=None).returning(outbox.c.id)
    return sorted(await session.scalars(ended))


async def send_again(
    session: AsyncSession, ids: Sequence[int] | None, channel: str | None, abouts: Abouts = None
) -> list[int]:
    """Have messages sent once more, as if they had never been tried.

    Args:
        session: the caller's.
        ids: which ones, dead or unreachable; ``None`` for all that are dead.
        channel: of this one alone.
        abouts: which of them may be decided about.

    Returns:
        The ids of those that will be sent; not of those whose content is blanked or which did not end so.
    """
    which = outbox.c.state == OutboxState.DEAD if ids is None else outbox.c.id.in_(ids)
    chosen = update(outbox).where(which, outbox.c.state.in_(ENDED_UNSENT), outbox.c.body.is_not(None), _about(abouts))
    if channel:
        chosen = chosen.where(outbox.c.channel == channel)
    anew = chosen.values(state=OutboxState.WAITING, attempts=0, due_at=None, finished_at=None, detail=None)
    return sorted(await session.scalars(anew.returning(outbox.c.id)))


def _undecided(state: OutboxState, abouts: Abouts) -> ColumnElement[bool]:
    """What was deleted as its person asked, and would have reached nobody, needs no decision."""
    open_ = and_(text(UNDECIDED), outbox.c.state == state, _about(abouts))
    return and_(open_, outbox.c.body.is_not(None)) if state is OutboxState.UNREACHABLE else open_


def _about(abouts: Abouts) -> ColumnElement[bool]:
    if abouts is None:
        return true()
    return or_(*(outbox.c.key.startswith(f"{NOTICE}{about}{end}", autoescape=True) for about in abouts for end in ".:"))


def _line(row: RowMapping) -> OutboxLine:
    values = dict(row)
    key = values.pop("key")
    about = re.split("[.:]", key.removeprefix(NOTICE))[0] if key.startswith(NOTICE) else ""
    return OutboxLine(**{**values, "detail": row["detail"] or "", "state": OutboxState(row["state"]), "about": about})
