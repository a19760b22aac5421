"""Counts records for the periodic report. Every column has its definition, which is printed with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from feedback.record import About, Outcome, SenderKind, Status
from feedback.reports.story import OPEN, Moved, Period, Story
from feedback.transitions import Action

PROCESS = "feedback_process"
TRANSFER = "feedback_transfer"
SATISFIED = 4
"""Marks of 1 to 5 from which a sender is satisfied."""
DISSATISFIED = 2
"""Marks up to which a sender is not."""

_ENTERPRISES = frozenset({SenderKind.ENTERPRISE, SenderKind.HOUSEHOLD})
_CHANNELS = {
    "telephone": "channel_phone",
    "portal": "channel_portal",
    "paper": "channel_paper",
    "counter": "channel_paper",
}
_LEFT = {
    Status.NOT_RECEIVED: "not_received",
    Status.OUT_OF_SCOPE: "out_of_scope",
    Status.FORWARDED: "forwarded",
    Status.DECIDED: "handled",
    Status.MERGED: "merged",
    Status.WITHDRAWN: "withdrawn",
}
_OUTCOMES = {
    Outcome.AMEND_OWN: "outcome_amend",
    Outcome.PROPOSE: "outcome_propose",
    Outcome.NEW_RULE: "outcome_new",
}


@dataclass(frozen=True)
class Row:
    """Numbers of one agency and field."""

    agency: str
    field: str
    counts: Mapping[str, int]


def tally(stories: Iterable[Story], period: Period) -> list[Row]:
    """Return a row for each agency and field that has anything to count, in their order."""
    rows: dict[tuple[str, str], Counter[str]] = {}
    for story in stories:
        counted = count(story, period)
        if counted:
            rows.setdefault((story.agency, story.field), Counter()).update(counted)
    return [Row(agency, field, counts) for (agency, field), counts in sorted(rows.items())]


def total(rows: Iterable[Row]) -> Mapping[str, int]:
    """Add all rows up."""
    summed: Counter[str] = Counter()
    for row in rows:
        summed.update(row.counts)
    return summed


def count(story: Story, period: Period) -> Counter[str]:
    """Return what one record adds to which column."""
    counts: Counter[str] = Counter()
    carried = story.entered_at < period.since and story.is_open_at(period.since)
    new = period.has(story.entered_at)
    counts["carried_over"] += carried
    counts["new"] += new
    _moves(story, period, counts)
    if not carried and not new and not counts.total():
        return Counter()
    counts[f"about_{story.about}"] += 1
    if new:
        counts["source_enterprise" if story.sender_kind in _ENTERPRISES else "source_citizen"] += 1
        counts[_CHANNELS.get(story.channel, "channel_bot")] += 1
    _at_the_end(story, period, counts)
    return +counts


def _moves(story: Story, period: Period, counts: Counter[str]) -> None:
    was: Status | None = None
    for move in story.moves:
        if period.has(move.at):
            if was is not None and was not in OPEN and move.to in OPEN:
                counts["reopened"] += 1
            if was in OPEN and move.to in _LEFT:
                _left(story, move, counts)
            counts["published"] += move.action is Action.PUBLISH
            if move.action is Action.RATE and move.grade is not None:
                # A second time replaces the first.
                counts["rated"], counts["satisfied"] = 1, int(move.grade >= SATISFIED)
                counts["dissatisfied"] = int(move.grade <= DISSATISFIED)
        was = move.to
    if counts["handled"]:
        unhappy = (
            counts["dissatisfied"] or counts["handled_late"] or any(one.to is Status.REOPENED for one in story.moves)
        )
        counts["unhappy"] = min(1, int(unhappy)) * counts["handled"]


def _left(story: Story, move: Moved, counts: Counter[str]) -> None:
    column = _LEFT[move.to]
    counts[column] += 1
    if column == "handled":
        counts["handled_on_time" if not _is_late(story, PROCESS, move.at) else "handled_late"] += 1
        counts["sufficient_basis"] += story.basis == "du"
        if story.outcome in _OUTCOMES:
            counts[_OUTCOMES[story.outcome]] += 1
    if column == "forwarded" and story.about is not About.CONDUCT:
        counts["forwarded_on_time" if not _is_late(story, TRANSFER, move.at) else "forwarded_late"] += 1


def _at_the_end(story: Story, period: Period, counts: Counter[str]) -> None:
    status = story.status_at(period.until)
    counts["awaiting_publication"] += status is Status.AWAITING_PUBLICATION
    counts["insufficient_basis"] += status is Status.INSUFFICIENT_BASIS
    if status in OPEN:
        counts["in_process"] += 1
        counts["in_process_late" if _is_late(story, PROCESS, period.until) else "in_process_in_time"] += 1


def _is_late(story: Story, rule: str, moment: datetime) -> bool:
    """Tell whether the clock that ran last before a moment had run out then."""
    ran = [limit for limit in story.limits if limit.rule == rule and limit.started_at <= moment]
    if not ran:
        return False
    due = max(ran, key=lambda limit: limit.started_at).due_at
    return due is not None and due < moment
