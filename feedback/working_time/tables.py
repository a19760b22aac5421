"""Builds tables of days, weeks of offices and rules from the data files, and refuses what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time
from itertools import pairwise

import msgspec

from feedback.working_time.calendar import DAY, MARGIN_YEARS
from feedback.working_time.errors import DataFaultError
from feedback.working_time.hours import OfficeWeek, Session
from feedback.working_time.model import DayOff, MadeUp, Reason, Table
from feedback.working_time.rules import DeadlineRule, Direction, FirstDay, Unit
from feedback.working_time.shapes import (
    WEEKDAYS,
    EveryYearFile,
    FixedHolidayShape,
    LocalFile,
    OfficeShape,
    OffShape,
    RuleShape,
    SwapShape,
    YearFile,
)

_DAY_UNITS = (Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH)


def national_table(every_year: EveryYearFile, years: Sequence[YearFile]) -> Table:
    """Build the table of the whole country.

    Raises:
        DataFaultError: there is no year, or a day is given twice, in a wrong year or against the week.
    """
    if not years:
        raise DataFaultError("no file below years/; give at least the present year")
    weekend = frozenset(WEEKDAYS.index(day) for day in every_year.weekend.days)
    known = [year.year for year in years]
    if len(set(known)) < len(known):
        raise DataFaultError(f"years/: a year is given twice among {sorted(known)}")
    span = range(min(known) - MARGIN_YEARS, max(known) + MARGIN_YEARS + 1)
    fixed = {off.day: off for holiday in every_year.holidays for off in _every_year(holiday, span)}
    table = Table(weekend, fixed, {}, {year.year: year.status for year in years})
    for year in years:
        where = f"years/{year.year}.yml"
        for shape in year.days_off:
            if {shape.first.year, (shape.last or shape.first).year} != {year.year}:
                raise DataFaultError(f"{where}: {shape.first:%d/%m/%Y} belongs to another year's file")
        table = _with(table, year.days_off, year.swapped, where)
    return table


def local_table(national: Table, local: LocalFile) -> Table:
    """Add a province's own days off and swapped days to the country's.

    Raises:
        DataFaultError: a day is given twice or against the week.
    """
    return _with(national, local.days_off, local.swapped, f"file of {local.province}")


def office_week(shape: OfficeShape) -> OfficeWeek:
    """Build the week of an office.

    Raises:
        DataFaultError: a session is no ``HH:MM-HH:MM``, ends before it starts, or overlaps another one.
    """
    sessions = {}
    for weekday, texts in shape.sessions.items():
        parsed = tuple(_session(text, shape.name) for text in texts)
        if any(later.opens < earlier.closes for earlier, later in pairwise(parsed)):
            raise DataFaultError.of(
                "session.overlap",
                f"office {shape.name!r}, {weekday}: sessions overlap or are out of order",
                texts[0],
                office=shape.name,
                weekday=weekday,
            )
        sessions[WEEKDAYS.index(weekday)] = parsed
    return OfficeWeek(shape.name, sessions, shape.source, shape.sure)


def deadline_rules(shapes: Iterable[RuleShape], province: str | None = None) -> tuple[DeadlineRule, ...]:
    """Build the rules of a file.

    Raises:
        DataFaultError: a rule contradicts itself.
    """
    return tuple(_rule(shape, province) for shape in shapes)


def _every_year(shape: FixedHolidayShape, span: range) -> Iterable[DayOff]:
    for year in span:
        try:
            day = date(year, shape.month, shape.day)
        except ValueError as error:
            raise DataFaultError(f"every_year.yml: {shape.day}/{shape.month} is no day of every year") from error
        if shape.valid_from <= day and (shape.valid_to is None or day <= shape.valid_to):
            yield DayOff(day, Reason.HOLIDAY, shape.holiday, shape.source, shape.sure)


def _with(table: Table, offs: Iterable[OffShape], swaps: Iterable[SwapShape], where: str) -> Table:
    days_off, made_up = dict(table.days_off), dict(table.made_up)
    given: set[date] = set()
    for off in _days_off(offs, where):
        days_off[off.day] = off
        _once(off.day, given, where)
    for swap in swaps:
        if swap.free.weekday() in table.weekend or swap.worked.weekday() not in table.weekend:
            raise DataFaultError.of(
                "swap",
                f"{where}: {swap.free:%d/%m/%Y} for {swap.worked:%d/%m/%Y} must give a working day for a weekly day off",
                swap.free.isoformat(),
                free=f"{swap.free:%d/%m/%Y}",
                worked=f"{swap.worked:%d/%m/%Y}",
            )
        _once(swap.free, given, where)
        _once(swap.worked, given, where)
        days_off[swap.free] = DayOff(swap.free, Reason.SWAPPED, swap.holiday, swap.source, swap.sure)
        made_up[swap.worked] = MadeUp(swap.worked, swap.free, swap.source, swap.worked_sure)
    return replace(table, days_off=days_off, made_up=made_up)


def _days_off(offs: Iterable[OffShape], where: str) -> Iterable[DayOff]:
    for shape in offs:
        day, last = shape.first, shape.last or shape.first
        if last < day:
            raise DataFaultError.of(
                "days.order",
                f"{where}: days off from {day:%d/%m/%Y} end before they begin",
                day.isoformat(),
                first=f"{day:%d/%m/%Y}",
                last=f"{last:%d/%m/%Y}",
            )
        reason = Reason.HOLIDAY if shape.holiday else Reason.LOCAL
        reason = Reason.COMPENSATORY if shape.compensatory else reason
        while day <= last:
            yield DayOff(day, reason, shape.holiday, shape.source, shape.sure)
            day += DAY


def _once(day: date, given: set[date], where: str) -> None:
    if day in given:
        raise DataFaultError.of(
            "day.twice", f"{where}: {day:%d/%m/%Y} is given twice", day.isoformat(), day=f"{day:%d/%m/%Y}"
        )
    given.add(day)


def _session(text: str, office: str) -> Session:
    opens, dash, closes = text.partition("-")
    if not dash:
        opens = closes = text
    session = Session(_time(opens, f"office {office!r}", text), _time(closes, f"office {office!r}", text))
    if not dash or session.closes <= session.opens:
        raise DataFaultError.of(
            "session.order",
            f"office {office!r}: {text!r} ends before it starts; write it as 07:30-11:30",
            text,
            office=office,
        )
    return session


def _time(text: str, where: str, found: str) -> time:
    try:
        return time.fromisoformat(text.strip())
    except ValueError as error:
        raise DataFaultError.of(
            "time", f"{where}: {text!r} is no time of day; write it as 15:00", found, time=text.strip()
        ) from error


def _rule(shape: RuleShape, province: str | None) -> DeadlineRule:
    where, days = f"deadline {shape.id!r}", shape.unit in _DAY_UNITS
    if shape.amount < 0 or (shape.amount == 0 and shape.first_day is FirstDay.SAME_DAY):
        raise DataFaultError.of(
            "rule.amount",
            f"{where}: an amount of {shape.amount} means nothing; use direction: before to count back",
            shape.id,
            rule=shape.id,
        )
    if shape.valid_to and shape.valid_to < shape.valid_from:
        raise DataFaultError.of("rule.dates", f"{where}: valid_to lies before valid_from", shape.id, rule=shape.id)
    if not days and (shape.late_after or shape.first_day is FirstDay.SAME_DAY):
        raise DataFaultError.of(
            "rule.units",
            f"{where}: late_after and first_day are for deadlines in days and months",
            shape.id,
            rule=shape.id,
        )
    if shape.direction is Direction.BEFORE and (shape.late_after or shape.unit is Unit.WORKING_HOUR):
        raise DataFaultError.of(
            "rule.back", f"{where}: counting back knows neither late_after nor working hours", shape.id, rule=shape.id
        )
    values = msgspec.structs.asdict(shape)
    values["late_after"] = _time(shape.late_after, where, shape.late_after) if shape.late_after else None
    return DeadlineRule(**values, province=province)
