"""Keeps the notices whose fate is open, and those that did not arrive, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.dossiers.disclosure import Level
from bot.dossiers.watching.tables import watch_notice

SENT, MISSED = "sent", "missed"
_ROW = watch_notice.c


@dataclass(frozen=True)
class Notice:
    """One notice."""

    key: str
    ref: Ref
    code: str
    level: Level
    at: datetime


async def note(session: AsyncSession, notice: Notice, check_at: datetime) -> None:
    """Remember a notice that was just written."""
    ref = notice.ref
    row: dict[str, Any] = {
        "channel": ref.channel,
        "account": ref.account,
        "conversation": ref.conversation,
        "code": notice.code,
    }
    row |= {"key": notice.key, "level": int(notice.level), "at": notice.at, "state": SENT, "check_at": check_at}
    await session.execute(insert(watch_notice), [row])


async def open_ones(session: AsyncSession, now: datetime, limit: int) -> Sequence[Notice]:
    """Return notices whose fate is to be looked at, those that wait longest first."""
    return await _some(session, SENT, now, limit)


async def missed_ones(session: AsyncSession, now: datetime, limit: int) -> Sequence[Notice]:
    """Return notices that did not arrive and of which the person was not told yet."""
    return await _some(session, MISSED, now, limit)


async def look_again(session: AsyncSession, keys: Collection[str], at: datetime) -> None:
    """Look at notices later."""
    await session.execute(update(watch_notice).where(_ROW.key.in_(keys)).values(check_at=at))


async def mark_missed(session: AsyncSession, key: str, check_at: datetime) -> bool:
    """Write down that a notice did not arrive; false when somebody else did."""
    here = update(watch_notice).where(_ROW.key == key, _ROW.state == SENT)
    return (await session.scalar(here.values(state=MISSED, check_at=check_at).returning(_ROW.key))) is not None


async def drop(session: AsyncSession, keys: Collection[str]) -> int:
    """Forget notices; tell how many were there."""
    gone = delete(watch_notice).where(_ROW.key.in_(keys)).returning(_ROW.key)
    return len((await session.scalars(gone)).all())


async def forget(session: AsyncSession, before: datetime) -> None:
    """Forget the notices that were written before a moment."""
    await session.execute(delete(watch_notice).where(_ROW.at < before))


async def _some(session: AsyncSession, state: str, now: datetime, limit: int) -> Sequence[Notice]:
    chosen = select(watch_notice).where(_ROW.state == state, _ROW.check_at <= now)
    rows: Any = await session.execute(chosen.order_by(_ROW.check_at).limit(limit))
    return [
        Notice(row.key, Ref(row.channel, row.account, row.conversation), row.code, Level(row.level), row.at)
        for row in rows
    ]
