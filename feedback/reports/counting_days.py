"""Keeps the day's counts up to date, following the log of the register."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.log_store import LogStore
from feedback.reports import daily_store
from feedback.reports.daily import share
from feedback.reports.story_store import stories_of

Opens = Callable[[], AbstractAsyncContextManager[AsyncSession]]
"""Opens a session, to read with or to write with."""


@dataclass(frozen=True)
class CountsDays:
    """Each step that the log tells of has its record counted anew: a step that comes late changes the days that it belongs to."""

    log: LogStore
    read: Opens
    write: Opens

    async def page(self) -> bool:
        """Count the records of the next entries; tell whether there may be more."""
        async with self.read() as session:
            since = await daily_store.counted_up_to(session)
            new = await daily_store.touched(session, since)
            if new.seq == since:
                return False
            # Read after the entries: a record that moved on meanwhile is among the next ones again.
            told = await stories_of(session, self.log, new.records)
            shares = {story.record: share(story) for story in told}
        async with self.write() as session:
            await daily_store.put(session, since, new.seq, shares)
        return True
