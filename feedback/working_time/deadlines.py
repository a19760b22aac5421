"""Computes when a deadline ends, with the working: which days did not count and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from feedback.working_time.calendar import DAY, Calendar, Working
from feedback.working_time.clocks import (
    CalendarDays,
    Hours,
    Run,
    WorkingDays,
    WorkingHours,
    add_months,
    run,
    run_months,
)
from feedback.working_time.hours import OfficeHours
from feedback.working_time.model import Doubt, Doubtful, Reason, Skipped, Sure
from feedback.working_time.pauses import Pause, in_order
from feedback.working_time.rules import DeadlineRule, Direction, EndsOff, FirstDay, Supplement, Unit
from feedback.working_time.zone import here


@dataclass(frozen=True)
class Due:
    """When a deadline ends."""

    rule: DeadlineRule
    started_on: date
    """The day that the event counts for: the next working day when it came too late in the day."""
    on: date | None
    """Last day; ``None`` while the office waits for a supplement."""
    at: datetime | None
    """Last moment: when the office closes on that day, or to the minute for deadlines in hours."""
    left: int | timedelta | None
    """What is left of the amount while the office waits; ``None`` otherwise, and for months."""
    working: Working

    @property
    def unverified(self) -> bool:
        """Whether the answer must be shown as not certain; ``working.doubts`` says why."""
        return self.working.unverified


def due(rule: DeadlineRule, event: datetime, hours: OfficeHours, pauses: Iterable[Pause] = ()) -> Due:
    """Compute the end of a deadline.

    Args:
        rule: The deadline as it was in force on the day of the event; see ``Rules.on``.
        event: What started it: the receipt, the sending, for rules that count backwards the due moment.
        hours: Calendar and hours of the office that has to act.
        pauses: Waits for supplements, in any order.

    Raises:
        NaiveTimeError: a moment has no time zone.
        ImpossiblePeriodError: a pause ends before it begins.
        OutsideCalendarError: the end lies too far from the years that we have tables for.
    """
    waits: Sequence[Pause] = () if rule.supplement is Supplement.RUNS_ON else in_order(pauses)
    if rule.direction is Direction.BEFORE:
        return _before(rule, here(event), hours)
    count = _in_hours if rule.unit in (Unit.WORKING_HOUR, Unit.HOUR) else _in_days
    if rule.supplement is not Supplement.RESTARTS:
        return count(rule, here(event), hours, waits)
    result = count(rule, here(event), hours, ())
    for wait in waits:
        if result.at is None or wait.asked_at > result.at:
            break
        if wait.supplied_at is None:
            return replace(result, on=None, at=None, left=rule.amount)
        result = count(rule, wait.supplied_at, hours, ())
    return result


def event_day(rule: DeadlineRule, moment: datetime, calendar: Calendar) -> date:
    """Return the day that an event counts for: the next working day when it is late in the day or on a day off."""
    day = here(moment).date()
    if rule.late_after is None:
        return day
    if calendar.is_working(day) and here(moment).time() > rule.late_after:
        return calendar.add(day, 1).day
    return calendar.on_or_after(day)


def _in_days(rule: DeadlineRule, event: datetime, hours: OfficeHours, waits: Sequence[Pause]) -> Due:
    calendar, started = hours.calendar, event_day(rule, event, hours.calendar)
    start = started if rule.first_day is FirstDay.DAY_AFTER else started - DAY
    spans = [(_asked_day(wait, hours), _supplied_day(rule, wait, calendar)) for wait in waits]

    def settle(day: date) -> date:
        return _rolled(rule.ends_off, day, calendar)

    if rule.unit is Unit.MONTH:
        ran = run_months(start, rule.amount, spans, settle)
    else:
        clock = WorkingDays(calendar) if rule.unit is Unit.WORKING_DAY else CalendarDays()
        ran = run(clock, start, rule.amount, spans, settle)
    also = (*_around_event(rule, event.date(), started, calendar), *_paused_days(ran))
    if ran.end is None:
        last = max(event.date(), started, *(span[0] for span in ran.stood))
        off_from = None if rule.unit is Unit.WORKING_DAY else last + DAY
        working = Working(calendar, event.date(), last, off_from, also, _rule_doubts(rule))
        return Due(rule, started, None, None, ran.left, working)
    end = settle(ran.end)
    off_from = None if rule.unit is Unit.WORKING_DAY else min(end, ran.end)
    if rule.ends_off is EndsOff.STAYS and rule.unit is not Unit.WORKING_DAY:
        off_from = end + DAY
    working = Working(calendar, event.date(), max(end, ran.end, event.date()), off_from, also, _rule_doubts(rule))
    return Due(rule, started, end, hours.closing(end), None, working)


def _in_hours(rule: DeadlineRule, event: datetime, hours: OfficeHours, waits: Sequence[Pause]) -> Due:
    by_work = rule.unit is Unit.WORKING_HOUR
    spans = [(wait.asked_at, wait.supplied_at) for wait in waits]
    ran = run(WorkingHours(hours) if by_work else Hours(), event, timedelta(hours=rule.amount), spans, lambda end: end)
    last = (ran.end or max(event, *(span[0] for span in ran.stood))).date()
    doubts = (*_rule_doubts(rule), *(hours.doubts if by_work else ()))
    working = Working(hours.calendar, event.date(), last, None if by_work else last + DAY, (), doubts)
    return Due(rule, event.date(), ran.end.date() if ran.end else None, ran.end, ran.left, working)


def _before(rule: DeadlineRule, event: datetime, hours: OfficeHours) -> Due:
    calendar, day = hours.calendar, event.date()
    if rule.unit in (Unit.WORKING_HOUR, Unit.HOUR):
        end = event - timedelta(hours=rule.amount)
        working = Working(calendar, end.date(), day, day + DAY, (), _rule_doubts(rule))
        return Due(rule, day, end.date(), end, None, working)
    if rule.unit is Unit.WORKING_DAY:
        nominal = calendar.subtract(day, rule.amount).day
    else:
        nominal = day - DAY * rule.amount if rule.unit is Unit.CALENDAR_DAY else add_months(day, -rule.amount)
    on = _rolled(rule.ends_off, nominal, calendar)
    if rule.unit is Unit.WORKING_DAY:
        working = Working(calendar, on, day, None, (), _rule_doubts(rule))
    else:
        skipped = calendar.skipped(min(on, nominal), max(on, nominal)) if on != nominal else ()
        working = Working(calendar, min(on, nominal), day, day + DAY, skipped, _rule_doubts(rule))
    return Due(rule, day, on, hours.closing(on), None, working)


def _asked_day(wait: Pause, hours: OfficeHours) -> date:
    """Return the last day that still counts before a pause; asking after closing does not stop the next day."""
    day = wait.asked_at.date()
    return day if wait.asked_at <= hours.closing(day) else day + DAY


def _supplied_day(rule: DeadlineRule, wait: Pause, calendar: Calendar) -> date | None:
    return event_day(rule, wait.supplied_at, calendar) if wait.supplied_at else None


def _around_event(rule: DeadlineRule, day: date, started: date, calendar: Calendar) -> tuple[Skipped, ...]:
    """List the days up to the one that the event counts for, that day included unless it is the first to count."""
    skipped: list[Skipped] = []
    if started != day:
        skipped += calendar.skipped(day, started - DAY)
        if calendar.is_working(day):
            skipped.append(Skipped(day, Reason.RECEIVED_LATE, source=rule.basis))
    if rule.first_day is FirstDay.DAY_AFTER and rule.amount:
        skipped.append(Skipped(started, Reason.EVENT_DAY))
    return tuple(skipped)


def _paused_days(ran: Run[date, int]) -> tuple[Skipped, ...]:
    """List the days of the pauses that are over; of one that is open nobody knows how many there will be."""
    return tuple(
        Skipped(begin + DAY * index, Reason.PAUSED)
        for begin, end in ran.stood
        if end
        for index in range(1, (end - begin).days + 1)
    )


def _rolled(ends_off: EndsOff, day: date, calendar: Calendar) -> date:
    if ends_off is EndsOff.STAYS:
        return day
    return calendar.on_or_after(day) if ends_off is EndsOff.NEXT else calendar.on_or_before(day)


def _rule_doubts(rule: DeadlineRule) -> tuple[Doubtful, ...]:
    return (Doubtful(Doubt.RULE_UNVERIFIED, about=rule.id),) if rule.sure is Sure.UNVERIFIED else ()
