"""Deadlines as data: how much time, of which kind, from which event, by which law, and when that law was in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from feedback.working_time.errors import UnknownRuleError
from feedback.working_time.model import Sure


class Unit(StrEnum):
    """What a deadline is counted in."""

    WORKING_DAY = "working_day"
    """Ngày làm việc."""
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    WORKING_HOUR = "working_hour"
    """Giờ làm việc: time in which the office is open on working days."""
    HOUR = "hour"
    """Hours of the clock, by day and night."""


class Event(StrEnum):
    """What starts a deadline."""

    RECEIPT = "receipt"
    SENDING = "sending"
    """The citizen's sending, or the latest transfer to this body."""
    AWAITING_PUBLICATION = "awaiting_publication"
    DUE_DATE = "due_date"
    """Another deadline's end."""
    POSTING = "posting"
    """The post took the item over from the citizen or from the agency."""
    ATTEMPT = "attempt"
    """The post tried to deliver."""
    REQUEST = "request"
    DETECTION = "detection"


class Direction(StrEnum):
    """Whether the time runs from the event on, or has to end that long before it."""

    AFTER = "after"
    BEFORE = "before"


class FirstDay(StrEnum):
    """Which day is the first that counts."""

    DAY_AFTER = "day_after"
    """The day of the event is not counted."""
    SAME_DAY = "same_day"
    """The day of the event is the first one, for agencies that count so."""


class Supplement(StrEnum):
    """What waiting for a supplement does to a deadline."""

    PAUSES = "pauses"
    RESTARTS = "restarts"
    """The time starts anew when the papers are complete."""
    RUNS_ON = "runs_on"


class EndsOff(StrEnum):
    """What becomes of a deadline that ends on a day off."""

    NEXT = "next"
    """It ends on the next working day."""
    PREVIOUS = "previous"
    """It ends on the last working day before."""
    STAYS = "stays"


@dataclass(frozen=True)
class DeadlineRule:
    """One deadline as it was in force for a while."""

    id: str
    amount: int
    unit: Unit
    start: Event
    basis: str
    """Legal basis (căn cứ pháp lý), or who promised it."""
    sure: Sure
    valid_from: date
    valid_to: date | None = None
    """Last day; ``None`` while in force."""
    province: str | None = None
    """Code of the province whose own rule it is; ``None`` for the whole country."""
    direction: Direction = Direction.AFTER
    first_day: FirstDay = FirstDay.DAY_AFTER
    late_after: time | None = None
    """A receipt later than this counts as the next working day's, and so does one on a day off."""
    supplement: Supplement = Supplement.PAUSES
    ends_off: EndsOff = EndsOff.NEXT

    def holds(self, day: date) -> bool:
        """Tell whether the rule was in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Rules:
    """All deadline rules, to be asked by name, day and province."""

    def __init__(self, rules: Iterable[DeadlineRule]) -> None:
        self._rules = tuple(rules)

    def on(self, rule_id: str, day: date, province: str | None = None) -> DeadlineRule:
        """Return the rule of a name as it was in force on the day of the event; a province's own rule comes first.

        Raises:
            UnknownRuleError: there was none.
        """
        found = [
            rule for rule in self._rules if rule.id == rule_id and rule.holds(day) and rule.province in (None, province)
        ]
        if not found:
            raise UnknownRuleError(
                f"no deadline {rule_id!r} was in force on {day:%d/%m/%Y}; add it to the deadline files"
            )
        return max(found, key=lambda rule: (rule.province is not None, rule.valid_from))

    def __iter__(self) -> Iterator[DeadlineRule]:
        return iter(self._rules)
