"""Which step opens, meets, pauses and voids which deadline of a record: data and pure rules.

A deadline runs while its record stands where it applies. Refusing, asking and transferring are deadlines for whoever
does so: a record that is studied here needs none of them, and their deadlines are void, until the step comes after all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from feedback.case import Case
from feedback.record import About, Status
from feedback.transitions import Action
from feedback.working_time.deadlines import due
from feedback.working_time.errors import UnknownRuleError
from feedback.working_time.hours import OfficeHours
from feedback.working_time.model import Sure
from feedback.working_time.pauses import Pause
from feedback.working_time.rules import DeadlineRule, Rules
from feedback.working_time.zone import here


class State(StrEnum):
    """What became of a deadline."""

    OPEN = "open"
    MET = "met"
    LATE = "late"
    """Met too late."""
    VOID = "void"
    """Nothing has to be done any more, or not yet again."""


@dataclass(frozen=True)
class Clock:
    """One deadline of the procedure; how long it is stands in the deadline files."""

    rule: str
    """Id in the deadline files."""
    runs_in: frozenset[Status]
    met_by: frozenset[Action]
    begins: frozenset[Action]
    """Steps at whose moment it begins anew; else it begins at the sending or at the latest transfer to this body."""
    from_sending: bool = True
    about: frozenset[About] = frozenset(About)
    duty: bool = True
    """Whether something must have happened by its end, rather than only: if it happens, then by its end."""


_NEW = frozenset({Status.NEEDS_TRIAGE, Status.RECEIVED, Status.REOPENED})
_STUDIED = frozenset({Status.IN_REVIEW, Status.INSUFFICIENT_BASIS})
_WAITING = frozenset({Status.NEEDS_SUPPLEMENT})
_ANEW = frozenset({Action.REOPEN})

CLOCKS = (
    Clock(
        "feedback_transfer",
        _NEW | _WAITING,
        frozenset({Action.FORWARD}),
        _ANEW,
        # Article 9.1(d) gives the five days for what a rule says; for what somebody did it gives no number.
        about=frozenset({About.CONTENT, About.BOTH}),
    ),
    Clock("feedback_refuse", _NEW | _WAITING, frozenset({Action.REFUSE, Action.REDIRECT}), _ANEW, duty=False),
    Clock("feedback_ask_supplement", _NEW | _STUDIED, frozenset({Action.ASK_SUPPLEMENT}), _ANEW, duty=False),
    Clock(
        "feedback_process",
        _NEW | _WAITING | _STUDIED,
        frozenset({Action.DECIDE, Action.TO_PUBLISH, Action.PUBLISH}),
        _ANEW,
    ),
    Clock(
        "feedback_publish",
        frozenset({Status.AWAITING_PUBLICATION}),
        frozenset({Action.PUBLISH}),
        frozenset({Action.TO_PUBLISH}),
        from_sending=False,
    ),
)
"""Every deadline of feedback."""

DUTIES = frozenset(clock.rule for clock in CLOCKS if clock.duty)
"""Those that somebody can be late with by doing nothing."""
PROCESS = "feedback_process"


@dataclass(frozen=True)
class Deadline:
    """A deadline of one record."""

    record: int
    rule: str
    province: str
    """Whose own rule it is; empty for the country's."""
    started_at: datetime
    due_at: datetime | None
    """``None`` while the sender is waited for."""
    unit: str
    """Who is responsible."""
    state: State = State.OPEN
    met_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    reminded: int = 0
    """See ``reminders.Stage``."""
    sample: bool = False
    id: int = 0
    """0 for one that is not kept yet."""


@dataclass(frozen=True)
class Step:
    """A step that was taken, with the record as it stands after it."""

    action: Action
    at: datetime
    record: int
    status: Status
    about: About
    unit: str
    clock_from: datetime
    sample: bool = False


def step_of(case: Case, action: Action, at: datetime) -> Step:
    """Return what the clocks must know of a step."""
    return Step(action, at, case.id, case.status, case.about, case.unit, case.clock_from, case.sample)


@dataclass(frozen=True)
class Promise:
    """By when, and on which basis: for a sentence that says no more than is known."""

    rule: DeadlineRule
    """As it was in force on the day of the event."""
    at: datetime | None
    """``None`` while the sender is waited for."""
    unverified: bool
    """Whether days or hours are not certain."""

    @property
    def by_law(self) -> bool:
        """Whether the law itself sets it; all else is the agency's aim (mục tiêu của cơ quan)."""
        return self.rule.sure is Sure.LAW


@dataclass(frozen=True)
class Timer:
    """Counts deadlines in one office's calendar, by the rules of its province."""

    rules: Rules
    hours: OfficeHours
    province: str = ""

    def timed(self, deadline: Deadline) -> Deadline:
        """Return a deadline with its end, by the rule that was in force on the day on which it began.

        Raises:
            UnknownRuleError: there was none.
        """
        rule = self.rule(deadline.rule, deadline.started_at)
        end = due(rule, deadline.started_at, self.hours, deadline.pauses).at
        return replace(deadline, province=rule.province or "", due_at=end)

    def rule(self, rule_id: str, moment: datetime) -> DeadlineRule:
        """Return the rule as it was in force on that day."""
        return self.rules.on(rule_id, here(moment).date(), self.province or None)

    def promise(self, rule_id: str, begun: datetime, pauses: Iterable[Pause] = ()) -> Promise:
        """Return by when something is due that began then."""
        rule = self.rule(rule_id, begun)
        found = due(rule, begun, self.hours, pauses)
        return Promise(rule, found.at, found.unverified)


def expected(timer: Timer, sent: datetime, about: About) -> tuple[Promise, ...]:
    """Return what a sender may expect of what is sent now: the transfer where it may be due, and the answer."""
    sending = [clock for clock in CLOCKS if clock.duty and clock.from_sending and about in clock.about]
    return tuple(timer.promise(clock.rule, sent) for clock in sending)


def follow(kept: Sequence[Deadline], step: Step, timer: Timer) -> tuple[Deadline, ...]:
    """Return the deadlines that a step changes, and the new ones.

    Args:
        kept: all deadlines of the record, the oldest first.
        step: with the record as it is now.
        timer: counts them.
    """
    changed: list[Deadline] = []
    for clock in CLOCKS:
        latest = next((one for one in reversed(kept) if one.rule == clock.rule), None)
        changed += [one for one in _followed(clock, latest, step, timer) if one != latest]
    return tuple(changed)


def moved(deadline: Deadline, timer: Timer, at: datetime) -> Deadline | None:
    """Return an open deadline that ends at another moment by the calendar and the rules as they are now; else ``None``."""
    if deadline.state is not State.OPEN or deadline.due_at is None:
        return None
    timed = timer.timed(deadline)
    return _reminded_anew(timed, deadline, at) if timed.due_at != deadline.due_at else None


def _followed(clock: Clock, latest: Deadline | None, step: Step, timer: Timer) -> tuple[Deadline, ...]:
    if latest and step.action in clock.met_by and latest.met_at is None and step.about in clock.about:
        return (_met(latest, step, timer),)
    begins = _beginning(clock, latest, step)
    if begins is not None:
        ended = (replace(latest, state=State.VOID),) if latest and latest.state is State.OPEN else ()
        return (*ended, *_begun(clock, begins, step, timer))
    return (_kept(clock, latest, step, timer),) if latest and latest.met_at is None else ()


def _applies(clock: Clock, step: Step) -> bool:
    return step.status in clock.runs_in and step.about in clock.about


def _beginning(clock: Clock, latest: Deadline | None, step: Step) -> datetime | None:
    """Return from when on the deadline runs anew; ``None`` when it goes on as it did."""
    if not _applies(clock, step):
        return None
    if step.action in clock.begins:
        return step.at
    if clock.from_sending and (latest is None or step.clock_from > latest.started_at):
        return step.clock_from
    return None


def _begun(clock: Clock, since: datetime, step: Step, timer: Timer) -> tuple[Deadline, ...]:
    pauses = _pauses((), step)
    new = Deadline(step.record, clock.rule, "", since, None, step.unit, pauses=pauses, sample=step.sample)
    try:
        return (timer.timed(new),)
    except UnknownRuleError:
        # What was sent before the first rule of that name was in force has no such deadline.
        return ()


def _met(latest: Deadline, step: Step, timer: Timer) -> Deadline:
    """Meet it; one that was void is counted again, for nobody looked after it meanwhile."""
    pauses = tuple(_ended(pause, step.at) for pause in latest.pauses)
    timed = timer.timed(replace(latest, pauses=pauses, unit=step.unit))
    in_time = timed.due_at is None or step.at <= timed.due_at
    return replace(timed, met_at=step.at, state=State.MET if in_time else State.LATE)


def _kept(clock: Clock, latest: Deadline, step: Step, timer: Timer) -> Deadline:
    runs = _applies(clock, step)
    state = State.OPEN if runs else State.VOID
    now = replace(latest, state=state, pauses=_pauses(latest.pauses, step), unit=step.unit if runs else latest.unit)
    if now.pauses == latest.pauses and (state is latest.state or not runs):
        return now
    return _reminded_anew(timer.timed(now), latest, step.at)


def _pauses(pauses: tuple[Pause, ...], step: Step) -> tuple[Pause, ...]:
    """Begin a pause where the sender is waited for now, and end it where not any more."""
    waiting = bool(pauses) and pauses[-1].supplied_at is None
    if step.status is Status.NEEDS_SUPPLEMENT:
        return pauses if waiting else (*pauses, Pause(step.at))
    return tuple(_ended(pause, step.at) for pause in pauses)


def _ended(pause: Pause, at: datetime) -> Pause:
    return pause if pause.supplied_at else Pause(pause.asked_at, max(at, pause.asked_at))


def _reminded_anew(timed: Deadline, before: Deadline, at: datetime) -> Deadline:
    """Let a deadline that lies ahead again be reminded of again."""
    later = timed.due_at is not None and timed.due_at > at and timed.due_at != before.due_at
    return replace(timed, reminded=0) if later else timed
