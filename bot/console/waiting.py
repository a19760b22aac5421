"""What waits for whoever opens the console: each area tells it in tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.console.routing import Visit


@dataclass(frozen=True)
class Tile:
    """One thing that waits, with the way to it."""

    title: str
    path: str
    number: int | None = None
    """How many; ``None`` where nothing is counted."""
    note: str = ""
    """Such as how many of them are late."""
    tone: str = ""
    """``good``, ``warn`` or ``bad``; the words must say the same."""


class Waiting(Protocol):
    """An area that something may wait in."""

    async def tiles(self, visit: Visit) -> Sequence[Tile]:
        """Return what waits for this visitor, the most pressing first; empty for nothing, or for none of the roles."""
        ...
