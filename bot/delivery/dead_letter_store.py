"""What an operator sees of the outbox, and what is to be sent once more; within the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import RowMapping, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.outgoing import OutboxLine
from bot.delivery.tables import UNSENT, OutboxState, outbox

ENDED_UNSENT = (OutboxState.DEAD, OutboxState.UNREACHABLE)
"""What can be sent once more."""
COLUMNS = (
    *(outbox.c.id, outbox.c.channel, outbox.c.account, outbox.c.state, outbox.c.created_at, outbox.c.attempts),
    *(outbox.c.due_at, outbox.c.finished_at, outbox.c.detail, outbox.c.body.is_not(None).label("kept")),
)


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


async def send_again(session: AsyncSession, ids: Sequence[int] | None, channel: str | None) -> list[int]:
    """Have messages sent once more, as if they had never been tried.

    Args:
        session: the caller's.
        ids: which ones, dead or unreachable; ``None`` for all that are dead.
        channel: of this one alone.

    Returns:
        The ids of those that will be sent; not of those whose content is blanked or which did not end so.
    """
    which = outbox.c.state == OutboxState.DEAD if ids is None else outbox.c.id.in_(ids)
    chosen = update(outbox).where(which, outbox.c.state.in_(ENDED_UNSENT), outbox.c.body.is_not(None))
    if channel:
        chosen = chosen.where(outbox.c.channel == channel)
    anew = chosen.values(state=OutboxState.WAITING, attempts=0, due_at=None, finished_at=None, detail=None)
    return sorted(await session.scalars(anew.returning(outbox.c.id)))


def _line(row: RowMapping) -> OutboxLine:
    return OutboxLine(**{**row, "detail": row["detail"] or "", "state": OutboxState(row["state"])})
