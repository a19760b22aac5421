"""Asks the regression questions of two catalogues and tells which answers change, and whether for the better."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.dialogue.said import Said
from bot.dialogue.state import ConversationState
from bot.replay.questions import Regression
from nlu.catalogue.model import base_code
from nlu.decision import Outcome

SHOWN = 300
"""Changed answers that are kept word for word; the others are counted."""
ANSWERED = frozenset({Outcome.ANSWERED.value, Outcome.DETAILS_MISSING.value})
DECLINED = frozenset({Outcome.DECLINED.value, Outcome.NOT_IN_CATALOGUE.value})


class Turn(StrEnum):
    """How an answer changed."""

    WORSE = "worse"
    """It was right and is not any more."""
    BETTER = "better"
    OTHER = "other"


@dataclass(frozen=True)
class Told:
    """What one catalogue answers."""

    outcome: str
    codes: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class ChangedAnswer:
    """One question whose answer changes."""

    question: str
    turn: Turn
    before: Told
    after: Told
    aspect: str = ""
    """What a button asks about the procedure that ``question`` names; empty for a question in words."""


@dataclass(frozen=True)
class Replayed:
    """What a replay came to."""

    questions: int
    changed: int
    worse: int
    better: int
    shown: tuple[ChangedAnswer, ...]
    """Those that became worse first."""
    lists: int = 0
    """Saved checklists."""
    lists_changed: int = 0
    """Saved checklists that are not what their person saw; their people are told after publishing."""
    by_search: bool = False
    """Whether Rasa was away, so that questions were understood by the search alone."""


Asks = Callable[[Regression], Awaitable[Told]]
"""Answers a question from one catalogue."""


async def replay(
    questions: Sequence[Regression], before: Asks, after: Asks, tell: Callable[[int, int], None]
) -> Replayed:
    """Ask everything of both.

    Args:
        questions: to ask.
        before: answers as it is live.
        after: answers as it is proposed.
        tell: is told how many of how many were asked.
    """
    changed: list[ChangedAnswer] = []
    for place, question in enumerate(questions, start=1):
        old, new = await before(question), await after(question)
        if old != new:
            aspect = question.aspects[0].value if question.aspects else ""
            changed.append(ChangedAnswer(question.text, turn_of(question, old, new), old, new, aspect))
        tell(place, len(questions))
    order = {turn: place for place, turn in enumerate(Turn)}
    changed.sort(key=lambda one: order[one.turn])
    turns = [one.turn for one in changed]
    return Replayed(
        len(questions), len(changed), turns.count(Turn.WORSE), turns.count(Turn.BETTER), tuple(changed[:SHOWN])
    )


def turn_of(question: Regression, old: Told, new: Told) -> Turn:
    """Tell whether an answer became right or wrong."""
    was, now = is_right(question, old), is_right(question, new)
    if was == now:
        return Turn.OTHER
    return Turn.BETTER if now else Turn.WORSE


def is_right(question: Regression, told: Told) -> bool:
    """Tell whether an answer is right by its label; the words of a right answer may still differ."""
    if question.code or not question.kind:
        return told.outcome in ANSWERED
    if question.kind == "out_of_scope":
        return told.outcome in DECLINED
    accepted = {base_code(code) for code in question.accept}
    hit = not accepted.isdisjoint(base_code(code) for code in told.codes)
    if question.kind == "clarify":
        return told.outcome == Outcome.CHOOSE.value
    if question.kind == "not_in_catalogue":
        return told.outcome not in ANSWERED or hit
    return told.outcome in ANSWERED and hit


def inbound(text: str, at: datetime) -> Inbound:
    """Return a question as a first message."""
    return Inbound(Ref("replay", "", "1"), "1", InboundKind.TEXT, at, text=text)


def told(said: Said) -> Told:
    """Return what was said."""
    return Told(said.outcome.value, said.codes, "\n\n".join(reply.text for reply in said.replies))


FRESH = ConversationState()
"""Every question is the first one of its conversation."""
