"""Keeps the notices whose fate is open, and those that did not arrive, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.dossiers.disclosure import Level
from bot.dossiers.watching.tables import watch_notice

_ROW = watch_notice.c


class State(StrEnum):
    """How far a notice has come."""

    SENT = "sent"
    """Its fate is open."""
    TEXT = "text"
    """It did not arrive; an SMS is to be sent."""
    TEXTING = "texting"
    """Somebody is sending it; after a crash nobody knows whether it was sent."""
    MISSED = "missed"
    """It did not arrive, and the person has still to be told so."""


@dataclass(frozen=True)
class Notice:
    """One notice."""

    key: str
    ref: Ref
    code: str
    level: Level
    at: datetime
    told: str = ""
    """What it was about; see ``news.Told``. Empty for one of an older program."""
    state: State = State.SENT
    attempts: int = 0
    """How often an SMS was begun."""


async def note(session: AsyncSession, notice: Notice, check_at: datetime) -> None:
    """Remember a notice that was just written."""
    ref = notice.ref
    row: dict[str, Any] = {
        "channel": ref.channel,
        "account": ref.account,
        "conversation": ref.conversation,
        "code": notice.code,
    }
    row |= {"key": notice.key, "level": int(notice.level), "at": notice.at, "told": notice.told}
    row |= {"state": notice.state.value, "attempts": notice.attempts, "check_at": check_at}
    await session.execute(insert(watch_notice), [row])


async def open_ones(session: AsyncSession, now: datetime, limit: int) -> Sequence[Notice]:
    """Return notices whose fate is to be looked at, those that wait longest first."""
    return await _some(session, (State.SENT,), now, limit)


async def texts(session: AsyncSession, now: datetime, limit: int) -> Sequence[Notice]:
    """Return notices of which an SMS is to be sent now, or was begun by somebody who must be dead."""
    return await _some(session, (State.TEXT, State.TEXTING), now, limit)


async def missed_ones(session: AsyncSession, now: datetime, limit: int) -> Sequence[Notice]:
    """Return notices that did not arrive and of which the person was not told yet."""
    return await _some(session, (State.MISSED,), now, limit)


async def look_again(session: AsyncSession, keys: Collection[str], at: datetime) -> None:
    """Look at notices later."""
    await session.execute(update(watch_notice).where(_ROW.key.in_(keys)).values(check_at=at))


async def move(session: AsyncSession, notice: Notice, to: State, check_at: datetime) -> bool:
    """Bring a notice to its next state; false when somebody else did meanwhile. Beginning an SMS is counted."""
    same = and_(_ROW.key == notice.key, _ROW.state == notice.state.value, _ROW.attempts == notice.attempts)
    attempts = notice.attempts + (to is State.TEXTING)
    moved = update(watch_notice).where(same).values(state=to.value, attempts=attempts, check_at=check_at)
    return (await session.scalar(moved.returning(_ROW.key))) is not None


async def drop(session: AsyncSession, keys: Collection[str]) -> int:
    """Forget notices; tell how many were there."""
    gone = delete(watch_notice).where(_ROW.key.in_(keys)).returning(_ROW.key)
    return len((await session.scalars(gone)).all())


async def forget(session: AsyncSession, before: datetime) -> None:
    """Forget the notices that were written before a moment."""
    await session.execute(delete(watch_notice).where(_ROW.at < before))


async def _some(session: AsyncSession, states: Sequence[State], now: datetime, limit: int) -> Sequence[Notice]:
    chosen = select(watch_notice).where(_ROW.state.in_([state.value for state in states]), _ROW.check_at <= now)
    rows: Any = await session.execute(chosen.order_by(_ROW.check_at).limit(limit))
    return [_notice(row) for row in rows]


def _notice(row: Any) -> Notice:
    ref = Ref(row.channel, row.account, row.conversation)
    return Notice(row.key, ref, row.code, Level(row.level), row.at, row.told, State(row.state), row.attempts)
