"""What a record may still be used for once its person asked for deletion and a law keeps it. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class Use(StrEnum):
    """What somebody wants to read a record for."""

    LAW = "law"
    """What the law that keeps it asks for: handling the matter to its end, deadlines, inspection, the register itself."""
    SERVICE = "service"
    """Going on with the person: showing, reminding, filling in what they said before."""
    IMPROVEMENT = "improvement"
    """Learning from it, or counting with it beyond what the law reports."""


def may_use(use: Use, restricted_at: datetime | None) -> bool:
    """Tell whether a record may be used.

    Args:
        use: what for.
        restricted_at: since when it is kept for the law alone; ``None`` for one whose person asked for nothing.
    """
    return restricted_at is None or use is Use.LAW
