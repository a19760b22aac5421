"""How near its end a record's clock is, as lists and pages show it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feedback.clock_store import Bounds
from feedback.record import ENDED, Status
from feedback.reminders import Stage, stage_of


@dataclass(frozen=True)
class Band:
    """A word about a clock."""

    said: str
    look: str
    """Class of the style sheet."""


_BANDS = {
    Stage.VERY_OVERDUE: Band("Rất quá hạn", "bad"),
    Stage.OVERDUE: Band("Quá hạn", "bad"),
    Stage.SOON: Band("Sắp đến hạn", "warn"),
    Stage.NONE: Band("Còn hạn", "good"),
}


def band_of(status: Status, due_at: datetime | None, bounds: Bounds) -> Band | None:
    """Return the band of a record whose next duty ends at a moment; ``None`` when no clock runs."""
    if status is Status.NEEDS_SUPPLEMENT and due_at is None:
        return Band("Đồng hồ dừng", "soft")
    if status in ENDED or due_at is None:
        return None
    return _BANDS[stage_of(due_at, bounds)]
