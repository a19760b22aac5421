"""Hours in which nobody is written to first, by Vietnam's clock. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

from feedback.working_time.zone import here

_HOURS = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


@dataclass(frozen=True)
class QuietHours:
    """From an hour of the evening to one of the morning; none when both are the same."""

    start: time = time(21)
    end: time = time(7)

    def at(self, now: datetime) -> bool:
        """Tell whether a moment is quiet."""
        clock = here(now).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


def parse_quiet(text: str) -> QuietHours:
    """Read ``21:00-07:00``, or ``none``.

    Raises:
        ValueError: it is neither.
    """
    if text.strip().lower() == "none":
        return QuietHours(time(0), time(0))
    found = _HOURS.fullmatch(text.strip())
    try:
        if found:
            first, last = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
            return QuietHours(first, last)
    except ValueError:
        pass
    raise ValueError("must be such as 21:00-07:00, or none")
