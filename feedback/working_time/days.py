"""Numbers the working days once, so that counting over years costs two look-ups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from feedback.working_time.errors import OutsideCalendarError


class NumberedDays:
    """The working days of a span of years, each with its number.

    Args:
        first: First day of the span.
        last: Last day of the span.
        works: Tells whether a day is a working day.
    """

    def __init__(self, first: date, last: date, works: Callable[[date], bool]) -> None:
        self.first, self.last = first, last
        self._start = first.toordinal()
        self._working: list[int] = []
        self._number: list[int] = []
        for ordinal in range(self._start, last.toordinal() + 1):
            if works(date.fromordinal(ordinal)):
                self._working.append(ordinal)
            self._number.append(len(self._working))

    def number(self, day: date) -> int:
        """How many working days there are from the start of the span to ``day``, itself included.

        Raises:
            OutsideCalendarError: the day is outside the span.
        """
        index = day.toordinal() - self._start
        if not 0 <= index < len(self._number):
            raise self._outside(f"{day:%d/%m/%Y}")
        return self._number[index]

    def numbered(self, number: int) -> date:
        """Return the working day that has a number.

        Raises:
            OutsideCalendarError: no day of the span has it.
        """
        if not 1 <= number <= len(self._working):
            raise self._outside("the day reached")
        return date.fromordinal(self._working[number - 1])

    def works(self, day: date) -> bool:
        """Tell whether a day is a working day."""
        number = self.number(day)
        return number > 0 and self._working[number - 1] == day.toordinal()

    def _outside(self, what: str) -> OutsideCalendarError:
        return OutsideCalendarError(
            f"{what} is outside the calendar of {self.first:%d/%m/%Y} to {self.last:%d/%m/%Y}; add a table of that year"
        )
