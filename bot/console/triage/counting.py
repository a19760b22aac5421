"""How many records each queue holds for an official: counted in indexes, and kept for seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.triage.queues import QUEUES
from feedback.actor import Actor
from feedback.clock_store import Bounds
from feedback.listing import MOST_COUNTED, Listing

KEPT = timedelta(seconds=10)
MOST_KEPT = 500
"""Officials whose counts are kept."""


@dataclass
class Counts:
    """Counts queues."""

    listing: Listing
    _kept: dict[Actor, tuple[datetime, Mapping[str, int]]] = field(default_factory=dict, init=False)

    async def of(self, session: AsyncSession, actor: Actor, bounds: Bounds, at: datetime) -> Mapping[str, int]:
        """Return the counts of an official's queues by slug."""
        kept = self._kept.get(actor)
        if kept is not None and kept[0] <= at < kept[0] + KEPT:
            return kept[1]
        found = await _counted(self.listing, session, actor, bounds, at)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[actor] = (at, found)
        return found

    def forget(self) -> None:
        """Count anew: something was done."""
        self._kept.clear()


async def _counted(
    listing: Listing, session: AsyncSession, actor: Actor, bounds: Bounds, at: datetime
) -> Mapping[str, int]:
    """Return how many records each queue of an official holds, by slug."""
    others = [one for one in QUEUES if one.band is None]
    counts = await listing.counts(session, actor, [one.wanted(actor, bounds) for one in others], at)
    ends = (bounds.very_overdue, bounds.overdue, bounds.soon)
    late = await listing.bands(session, actor, ends, at)
    held = {one.slug: n for one, n in zip(others, counts, strict=True)}
    return held | {one.slug: late[one.band] for one in QUEUES if one.band is not None}


def written(count: int) -> str:
    """Return a count as officials write it."""
    return f"{count:,}".replace(",", ".") + ("+" if count >= MOST_COUNTED else "")
