"""The shapes of the data files, as their writers see them; ``docs/working-time.md`` explains them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from feedback.working_time.model import Holiday, Sure, YearStatus
from feedback.working_time.rules import Direction, EndsOff, Event, FirstDay, Supplement, Unit

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Province = Annotated[str, msgspec.Meta(pattern=r"^[A-Z][0-9]{2}$")]
"""As dossier codes name it: ``H48``."""


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all shapes share: a field that nobody knows is a slip of the pen."""


class WeekendShape(Shape, frozen=True):
    """The weekly days off."""

    days: tuple[Weekday, ...]
    source: str
    sure: Sure


class FixedHolidayShape(Shape, frozen=True):
    """A holiday of fixed date."""

    holiday: Holiday
    month: int
    day: int
    source: str
    sure: Sure
    valid_from: date
    valid_to: date | None = None


class EveryYearFile(Shape, frozen=True):
    """``every_year.yml``."""

    weekend: WeekendShape
    holidays: tuple[FixedHolidayShape, ...]


class OffShape(Shape, frozen=True):
    """A day off, or several in a row; without ``holiday`` a local closure."""

    source: str
    sure: Sure
    first: date = msgspec.field(name="from")
    last: date | None = msgspec.field(name="to", default=None)
    holiday: Holiday | None = None
    compensatory: bool = False


class SwapShape(Shape, frozen=True):
    """A working day given free and the weekly day off that is worked for it."""

    free: date
    worked: date
    source: str
    sure: Sure
    worked_sure: Sure
    holiday: Holiday | None = None


class YearFile(Shape, frozen=True):
    """``years/YYYY.yml``."""

    year: int
    status: YearStatus
    days_off: tuple[OffShape, ...] = ()
    swapped: tuple[SwapShape, ...] = ()


class OfficeShape(Shape, frozen=True):
    """The week of one office."""

    name: str
    source: str
    sure: Sure
    sessions: dict[Weekday, tuple[str, ...]]


class OfficesFile(Shape, frozen=True):
    """``offices.yml``."""

    offices: tuple[OfficeShape, ...]


class RuleShape(Shape, frozen=True):
    """One deadline rule."""

    id: str
    amount: int
    unit: Unit
    start: Event
    basis: str
    sure: Sure
    valid_from: date
    valid_to: date | None = None
    direction: Direction = Direction.AFTER
    first_day: FirstDay = FirstDay.DAY_AFTER
    late_after: str | None = None
    supplement: Supplement = Supplement.PAUSES
    ends_off: EndsOff = EndsOff.NEXT


class RulesFile(Shape, frozen=True):
    """``deadlines.yml``."""

    rules: tuple[RuleShape, ...]


class LocalFile(Shape, frozen=True):
    """A province's or an agency's own file."""

    province: Province
    days_off: tuple[OffShape, ...] = ()
    swapped: tuple[SwapShape, ...] = ()
    offices: tuple[OfficeShape, ...] = ()
    rules: tuple[RuleShape, ...] = ()
