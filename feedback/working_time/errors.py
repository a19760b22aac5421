"""What working time refuses to do."""

from __future__ import annotations

from typing import Self

from feedback.errors import FeedbackError
from feedback.file_faults import FileFault, FileFaultsError


class WorkingTimeError(FeedbackError):
    """Base of all errors of working time."""


class OutsideCalendarError(WorkingTimeError):
    """A day lies so far from the years that we have tables for that not even a doubtful answer is given."""


class NaiveTimeError(WorkingTimeError):
    """A moment came without its time zone."""


class ImpossiblePeriodError(WorkingTimeError):
    """An amount is negative, or a pause ends before it begins."""


class DataFaultError(WorkingTimeError, FileFaultsError):
    """A data file of holidays, office hours or deadlines is wrong; the message names the file and the place."""

    @classmethod
    def of(cls, key: str, message: str, found: str = "", **values: str) -> Self:
        """Return the error of one fault; see ``FileFault``."""
        return cls(message, [FileFault(key, message, found, values=values)])


class UnknownRuleError(WorkingTimeError):
    """No deadline rule of that name was in force on the day."""
