"""When the result is there: the post's J + n working days and the procedure's own limit on the calendar. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.postal.comparison import Journey, Leg, LegKind
from bot.postal.option import PostalOption
from bot.postal.quote import Zone
from feedback.working_time.deadlines import due
from feedback.working_time.errors import WorkingTimeError
from feedback.working_time.hours import OfficeHours
from feedback.working_time.model import Sure
from feedback.working_time.rules import DeadlineRule, Event, Rules, Unit
from feedback.working_time.zone import VIETNAM
from nlu.catalogue.model import TimeLimit, TimeUnit

RULES = {
    Zone.SAME_PROVINCE: "post_same_province",
    Zone.BIG_CITIES: "post_between_big_cities",
    Zone.OTHER_PROVINCE: "post_other_province",
}
"""Rule of the post's time (J + n) in each zone; ``_with_slip`` of the one that waits for the appointment slip."""
_UNITS = {
    TimeUnit.WORKING_DAY: (Unit.WORKING_DAY, 1),
    TimeUnit.DAY: (Unit.CALENDAR_DAY, 1),
    TimeUnit.MONTH: (Unit.MONTH, 1),
    TimeUnit.YEAR: (Unit.MONTH, 12),
    # The portal writes "giờ" for hours of work: the later of both readings.
    TimeUnit.HOUR: (Unit.WORKING_HOUR, 1),
}


@dataclass(frozen=True)
class Roads:
    """Computes journeys by one office's calendar."""

    rules: Rules
    hours: OfficeHours

    def journey(self, option: PostalOption | None, zone: Zone, limit: TimeLimit, starts: date, source: str) -> Journey:
        """Return the journey of a dossier.

        Args:
            option: what the post carries; ``None`` for counter and online.
            zone: how far it carries.
            limit: time limit of the procedure.
            starts: day on which the papers are handed over; on a day off, the office counts from the next working day.
            source: of the limit.
        """
        sends = option in (PostalOption.SEND, PostalOption.BOTH)
        begins = starts if sends else self.hours.calendar.on_or_after(starts)
        slip = self._post(LegKind.TO_OFFICE, f"{RULES[zone]}_with_slip", begins) if sends else None
        return Journey(begins, tuple(self._legs(option, zone, limit, begins, source)), slip)

    def _legs(
        self, option: PostalOption | None, zone: Zone, limit: TimeLimit, starts: date, source: str
    ) -> Iterator[Leg]:
        day: date | None = starts
        if option in (PostalOption.SEND, PostalOption.BOTH):
            leg = self._post(LegKind.TO_OFFICE, RULES[zone], starts)
            day = leg.ends
            yield leg
        leg = self._procedure(limit, day, source)
        yield leg
        if option in (PostalOption.RECEIVE, PostalOption.BOTH):
            yield self._post(LegKind.TO_DOOR, RULES[zone], leg.ends, otherwise=starts)

    def _post(self, kind: LegKind, rule_id: str, taken: date | None, otherwise: date | None = None) -> Leg:
        """Return a stretch of the post; where nobody knows when it takes the papers over, only how long it may take."""
        known = taken or otherwise
        assert known is not None
        rule = self.rules.on(rule_id, known)
        return self._leg(kind, rule, taken, rule.basis)

    def _procedure(self, limit: TimeLimit, received: date | None, source: str) -> Leg:
        rule = _rule(limit, source)
        if rule is None:
            return Leg(LegKind.PROCEDURE, None, None, source)
        return self._leg(LegKind.PROCEDURE, rule, received, source)

    def _leg(self, kind: LegKind, rule: DeadlineRule, day: date | None, basis: str) -> Leg:
        days = rule.amount if rule.unit is Unit.WORKING_DAY else None
        unsure = rule.sure is Sure.UNVERIFIED
        if day is None:
            return Leg(kind, days, None, basis, unsure)
        # Hours of work are counted from the end of the day: papers of the post may come as late as that.
        moment = self.hours.closing(day) if rule.unit is Unit.WORKING_HOUR else datetime.combine(day, time(12), VIETNAM)
        try:
            end = due(rule, moment, self.hours)
        except WorkingTimeError:
            # Too far from the years that we have tables for.
            return Leg(kind, days, None, basis, unsure)
        return Leg(kind, days, end.on, basis, end.unverified)


def _rule(limit: TimeLimit, source: str) -> DeadlineRule | None:
    """Return a limit as a rule; ``None`` for one that is not a number of a unit."""
    if limit.amount is None or limit.unit is None:
        return None
    unit, times = _UNITS[limit.unit]
    amount = limit.amount * times
    if unit is Unit.MONTH and amount != int(amount):
        return None
    return DeadlineRule("procedure", math.ceil(amount), unit, Event.RECEIPT, source, Sure.SECONDARY, date.min)
