"""What of feedback waits for whoever opens the console, for the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.roles import ConsoleRole
from bot.console.routing import Visit
from bot.console.triage.counting import Counts
from bot.console.triage.desk import TriageDesk
from bot.console.triage.queues import address, queue_of
from bot.console.waiting import Tile

_TOLD: Sequence[tuple[frozenset[ConsoleRole], str, str]] = (
    (frozenset({ConsoleRole.RECEIVER, ConsoleRole.HANDLER, ConsoleRole.APPROVER}), "rat-qua-han", "bad"),
    (frozenset({ConsoleRole.RECEIVER, ConsoleRole.HANDLER, ConsoleRole.APPROVER}), "qua-han", "bad"),
    (frozenset({ConsoleRole.RECEIVER}), "moi", ""),
    (frozenset({ConsoleRole.HANDLER}), "cua-toi", ""),
    (frozenset({ConsoleRole.APPROVER}), "cho-duyet", ""),
    (frozenset({ConsoleRole.PUBLISHER, ConsoleRole.APPROVER}), "cho-cong-khai", ""),
)
"""Who is told of which queue, and in which tone when something waits there."""


@dataclass(frozen=True)
class TriageTiles:
    """See ``bot.console.waiting.Waiting``."""

    desk: TriageDesk
    counts: Counts

    async def tiles(self, visit: Visit) -> Sequence[Tile]:
        """Return the queues of the visitor's roles; of overdue ones only those that hold something."""
        desk = self.desk
        mine = [(slug, tone) for roles, slug, tone in _TOLD if visit.official.has(roles)]
        if not mine:
            return ()
        async with desk.transactions.read() as session:
            counts = await self.counts.of(session, visit.actor, desk.bounds(visit.at), visit.at)
        return [
            Tile(queue_of(slug).title, address({}, hang=slug), counts[slug], "phản ánh", tone if counts[slug] else "")
            for slug, tone in mine
            if counts[slug] or not tone
        ]
