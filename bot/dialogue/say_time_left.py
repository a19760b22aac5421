"""Says what is left of an appointment in working days, and on request how that was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from bot.dialogue.say_moments import say_day, say_moment, say_short_day
from bot.dialogue.texts import Texts
from feedback.working_time.calendar import DAY, Working
from feedback.working_time.hours import OfficeHours
from feedback.working_time.model import Doubt, Skipped
from feedback.working_time.remaining import Remaining, State, remaining
from feedback.working_time.zone import here

MOST_LINES = 12
"""Skipped days told one by one; a longer list says how many more there are."""


@dataclass(frozen=True)
class TimeLeft:
    """Says appointments."""

    texts: Texts
    hours: OfficeHours

    def line(self, appointment: datetime, now: datetime) -> str:
        """Say what is left: "Còn 3 ngày làm việc (hẹn 17:00 thứ Hai 30/11/2026)"."""
        left = remaining(appointment, now, self.hours)
        said = self.texts.render(_key(left), days=abs(left.days or 0), due=say_moment(self.texts, appointment))
        return f"{said} {self.texts.render('utter_left_doubtful')}" if self._years(left.working) else said

    def working(self, appointment: datetime, now: datetime) -> str:
        """Say how it was counted: which days did not count, and why."""
        render = self.texts.render
        left = remaining(appointment, now, self.hours)
        parts = [
            self.line(appointment, now),
            render("utter_reckon_from", today=say_day(self.texts, here(now).date())),
        ]
        counted = [say_short_day(self.texts, day) for day in _counted(left.working)] if left.days else []
        if counted:
            shown = counted[:MOST_LINES]
            rest = len(counted) - len(shown)
            more = render("utter_reckon_more", count=rest) if rest else ""
            parts.append(render("utter_reckon_counted", days="; ".join(shown) + more))
        skipped = self._skipped(left.working.skipped)
        if skipped:
            parts.append("\n".join([render("utter_reckon_skipped"), *skipped]))
        parts += [render("utter_reckon_made_up", day=say_day(self.texts, one.day)) for one in left.working.made_up]
        parts += self._years(left.working)
        return "\n\n".join(parts)

    def _skipped(self, skipped: Sequence[Skipped]) -> list[str]:
        """Say each day off once; days in a row that are off for the same reason are one line."""
        lines = []
        for days in _runs(skipped):
            first, last = days[0], days[-1]
            told = say_short_day(self.texts, first.day)
            if first.day != last.day:
                told = self.texts.render("utter_reckon_until", first=told, last=say_short_day(self.texts, last.day))
            lines.append(f"- {told}: {self._why(first)}")
        more = len(lines) - MOST_LINES
        return [*lines[:MOST_LINES], self.texts.render("utter_reckon_lines", count=more)] if more > 0 else lines

    def _why(self, day: Skipped) -> str:
        reason = self.texts.render(f"utter_off_{day.reason}")
        return f"{reason} ({self.texts.render(f'utter_holiday_{day.holiday}')})" if day.holiday else reason

    def _years(self, working: Working) -> list[str]:
        years = [str(one.year) for one in working.doubts if one.doubt in (Doubt.YEAR_PROVISIONAL, Doubt.YEAR_UNKNOWN)]
        return [self.texts.render("utter_reckon_provisional", year=", ".join(years))] if years else []


def _key(left: Remaining) -> str:
    one = abs(left.days or 0) == 1
    if left.state is State.LATE:
        late = "utter_left_late_day" if one else "utter_left_late"
        return late if left.days else "utter_left_just_late"
    if left.state is State.DUE_TODAY:
        return "utter_left_today"
    some = "utter_left_day" if one else "utter_left_days"
    return some if left.days else "utter_left_no_day"


def _counted(working: Working) -> Iterator[date]:
    day = working.first
    while day <= working.last:
        if working.calendar.is_working(day):
            yield day
        day += DAY


def _runs(skipped: Sequence[Skipped]) -> Iterator[list[Skipped]]:
    """Group days in a row that are off for the same reason."""
    numbered = enumerate(skipped)
    for _, run in groupby(numbered, key=lambda one: (one[1].day.toordinal() - one[0], one[1].reason, one[1].holiday)):
        yield [day for _, day in run]


def say_hours(texts: Texts, hours: OfficeHours) -> str:
    """Say an office's usual hours, weekdays with the same hours together; empty where nobody compared them with a source."""
    if hours.doubts:
        return ""
    told = []
    days = [(day, hours.week.sessions.get(day, ())) for day in range(7)]
    for sessions, run in groupby(days, key=lambda one: one[1]):
        span = [day for day, _ in run]
        if not sessions:
            continue
        first, last = (texts.render(f"utter_weekday_{day}") for day in (span[0], span[-1]))
        named = first if len(span) == 1 else texts.render("utter_reckon_until", first=first, last=last)
        told.append(f"{named} {', '.join(f'{one.opens:%H:%M}–{one.closes:%H:%M}' for one in sessions)}")
    return "; ".join(told)
