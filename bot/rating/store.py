"""Writing ratings within the caller's transaction; never commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.dialogue.effects import Rate
from bot.rating.tables import answer_rating


async def note_rating(session: AsyncSession, rating: Rate, channel: str, at: datetime) -> None:
    """Note one rating without its conversation, and its time only to the hour."""
    row = {
        "procedure": rating.procedure[:64],
        "aspects": " ".join(rating.aspects)[:200],
        "useful": rating.useful,
        "channel": channel,
        "rated_at": at.replace(minute=0, second=0, microsecond=0),
    }
    await session.execute(insert(answer_rating).values(row))
