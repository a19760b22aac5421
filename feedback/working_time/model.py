"""What the tables say about days, and what an answer says about how it was reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sure(StrEnum):
    """How sure a fact of a data file is."""

    LAW = "law"
    """Read in a copy of the legal text."""
    SECONDARY = "secondary"
    """Read in a secondary source, such as a news item that reports the decision."""
    UNVERIFIED = "unverified"
    """From general knowledge; nobody has compared it with a source."""
    OWN = "own"
    """Our own promise or an agency's own setting, not law."""


class Holiday(StrEnum):
    """The public holidays (ngày lễ, tết) by name; their Vietnamese names are citizen texts and live with those."""

    NEW_YEAR = "new_year"
    """Tết Dương lịch, 1 January."""
    LUNAR_NEW_YEAR = "lunar_new_year"
    """Tết Nguyên đán."""
    HUNG_KINGS = "hung_kings"
    """Giỗ Tổ Hùng Vương, the 10th of the third lunar month."""
    REUNIFICATION = "reunification"
    """Ngày Chiến thắng, 30 April."""
    LABOUR = "labour"
    """Ngày Quốc tế lao động, 1 May."""
    NATIONAL_DAY = "national_day"
    """Quốc khánh, 2 September and one day beside it."""
    CULTURE_DAY = "culture_day"
    """Ngày Văn hóa Việt Nam, 24 November, from 2026."""


class Reason(StrEnum):
    """Why a day did not count."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    COMPENSATORY = "compensatory"
    """Nghỉ bù: a holiday fell on a weekly day off."""
    SWAPPED = "swapped"
    """Hoán đổi: a working day given free and worked on another day."""
    LOCAL = "local"
    """The province or the agency closed, for a reason of its own."""
    PAUSED = "paused"
    """The office waited for a supplement."""
    RECEIVED_LATE = "received_late"
    """Handed in after the hour from which a receipt counts as the next working day's."""
    EVENT_DAY = "event_day"
    """The day of the event itself is not counted."""


class Doubt(StrEnum):
    """Why an answer is not certain."""

    YEAR_UNKNOWN = "year_unknown"
    """There is no table of that year: only weekends and holidays of fixed date are known."""
    YEAR_PROVISIONAL = "year_provisional"
    """The yearly decision about Tết, days in lieu and swapped days was not read; the table is what the law lets expect."""
    DAY_UNVERIFIED = "day_unverified"
    """A day in the table was never compared with a source."""
    HOURS_UNVERIFIED = "hours_unverified"
    """The office hours were never compared with a source."""
    RULE_UNVERIFIED = "rule_unverified"
    """The deadline itself was never compared with a source."""


class YearStatus(StrEnum):
    """How a year's table came to be."""

    DECIDED = "decided"
    PROVISIONAL = "provisional"


@dataclass(frozen=True)
class DayOff:
    """A day on which offices are closed though the week would have them open, or a holiday on a weekend."""

    day: date
    reason: Reason
    holiday: Holiday | None
    """Which holiday; ``None`` for a local closure."""
    source: str
    sure: Sure


@dataclass(frozen=True)
class MadeUp:
    """A weekly day off that is worked (làm bù) for a swapped one."""

    day: date
    instead_of: date
    source: str
    sure: Sure


@dataclass(frozen=True)
class Table:
    """Everything the data files say about days."""

    weekend: frozenset[int]
    """Weekly days off, Monday being 0."""
    days_off: Mapping[date, DayOff]
    made_up: Mapping[date, MadeUp]
    years: Mapping[int, YearStatus]
    """The years that have a table."""


@dataclass(frozen=True)
class Skipped:
    """One day that did not count, and why."""

    day: date
    reason: Reason
    holiday: Holiday | None = None
    source: str = ""
    """Where that is written; empty for weekends and for what follows from the case itself."""


@dataclass(frozen=True)
class Doubtful:
    """One thing that makes an answer uncertain."""

    doubt: Doubt
    year: int | None = None
    day: date | None = None
    about: str = ""
    """Source of the day, or name of the rule or of the office."""
