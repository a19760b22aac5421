"""A record whose deadlines follow its steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from feedback.clocks import (
    Deadline,
    State,
    Step,
    Timer,
    follow,
)
from feedback.record import About, Status
from feedback.transitions import Action
from feedback.working_time.loading import load_working_time
from feedback.working_time.model import Sure
from feedback.working_time.rules import DeadlineRule, Event, Unit
from tests.feedback.factories import at, day

WORKING = load_working_time()
HOURS = WORKING.hours()
TIMER = Timer(WORKING.rules, HOURS, "H48")
SENT = at("20/11/2026 09:30")


class Story:
    """A record that moves through its steps."""

    def __init__(self, about: About = About.CONTENT, sent: datetime = SENT, timer: Timer = TIMER) -> None:
        self.about, self.sent, self.timer = about, sent, timer
        self.kept: list[Deadline] = []
        self.step(Action.SUBMIT, Status.RECEIVED, sent)

    def step(self, action: Action, status: Status, when: datetime, unit: str = "H48.1") -> None:
        taken = Step(action, when, 7, status, self.about, unit, self.sent)
        for changed in follow(self.kept, taken, self.timer):
            if changed.id:
                self.kept[changed.id - 1] = changed
            else:
                self.kept.append(replace(changed, id=len(self.kept) + 1))

    def latest(self, rule: str) -> Deadline:
        return [one for one in self.kept if one.rule == f"feedback_{rule}"][-1]

    def states(self) -> dict[str, State]:
        return {one.rule.removeprefix("feedback_"): one.state for one in self.kept}


def own(amount: int, since: str, until: str | None = None) -> DeadlineRule:
    """A rule of the province for the answer."""
    return DeadlineRule(
        "feedback_process",
        amount,
        Unit.WORKING_DAY,
        Event.SENDING,
        "a decision of the province",
        Sure.SECONDARY,
        day(since),
        day(until) if until else None,
        province="H48",
    )
