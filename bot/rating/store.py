"""Writing ratings within the caller's transaction; never commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.statements import insertion
from bot.dialogue.effects import Rate
from bot.rating.tables import answer_rating, answer_rating_day
from feedback.working_time.zone import here


async def note_rating(session: AsyncSession, rating: Rate, channel: str, at: datetime) -> None:
    """Note one rating without its conversation, and its time only to the hour."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    row = {
        "procedure": rating.procedure[:64],
        "aspects": " ".join(rating.aspects)[:200],
        "useful": rating.useful,
        "channel": channel,
        "rated_at": hour,
    }
    await session.execute(insert(answer_rating).values(row))
    one = insertion(session, answer_rating_day).values(day=here(hour).date(), useful=rating.useful, count=1)
    more = {"count": answer_rating_day.c.count + 1}
    await session.execute(one.on_conflict_do_update(index_elements=["day", "useful"], set_=more))
