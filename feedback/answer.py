"""What an answer to feedback is: the text, what comes of it (Article 15) and the six criteria (Article 14), and when it is whole. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feedback.record import CONDUCT_OUTCOMES, About, Basis, Criterion, Outcome


@dataclass(frozen=True)
class Verdict:
    """How a rule stands one of the six tests."""

    criterion: Criterion
    met: bool
    why: str = field(repr=False)


@dataclass(frozen=True)
class Answer:
    """What the sender is to be told, and on what it rests."""

    text: str = field(default="", repr=False)
    outcome: Outcome | None = None
    criteria: tuple[Verdict, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A version of an answer; the approved one went to the sender."""

    record: int
    version: int
    answer: Answer
    drafted_by: str
    drafted_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None


def criteria_faults(criteria: Sequence[Verdict]) -> Iterator[str]:
    """Give what is missing: each of the six needs one verdict with a reason."""
    named = [verdict.criterion for verdict in criteria]
    for criterion in Criterion:
        if named.count(criterion) != 1:
            yield f"{criterion} needs one verdict"
    for verdict in criteria:
        if not verdict.why.strip():
            yield f"the verdict on {verdict.criterion} needs a reason"


def answer_faults(answer: Answer, about: About, basis: str) -> Iterator[str]:
    """Give what keeps an answer from being approved.

    Args:
        answer: the newest draft.
        about: what the record is about: conduct is not tested by the criteria.
        basis: whether there is enough to decide on.
    """
    if not answer.text.strip():
        yield "the answer has no text"
    if answer.outcome is None:
        yield "the answer names no outcome"
    elif about is About.CONDUCT and answer.outcome not in CONDUCT_OUTCOMES:
        yield f"{answer.outcome} is no outcome of a case about conduct"
    elif about is About.CONTENT and answer.outcome in CONDUCT_OUTCOMES:
        yield f"{answer.outcome} is no outcome of a case about a rule"
    if about is About.CONDUCT:
        return
    if basis != Basis.ENOUGH:
        yield "nobody has assessed that there is enough to decide on"
    yield from criteria_faults(answer.criteria)
