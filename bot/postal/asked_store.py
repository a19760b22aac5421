"""Writes down what was asked about the post, within the caller's transaction; never commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.postal.asked import Topic
from bot.postal.asked_tables import postal_asked
from feedback.working_time.zone import here


async def note_asked(session: AsyncSession, topic: Topic, procedure: str, at: datetime) -> None:
    """Note that something was asked, without who asked, and of the moment its day alone.

    Args:
        session: of the caller's transaction.
        topic: what.
        procedure: code; empty for none.
        at: when.
    """
    row = {"day": here(at).date(), "procedure_code": procedure[:32], "topic": topic.value}
    await session.execute(insert(postal_asked).values(row))
