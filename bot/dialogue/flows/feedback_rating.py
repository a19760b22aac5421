"""After the answer to feedback: content or not in one tap; whoever is not says why, and may have it looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from bot.channels.contract import Choice, Ref, Reply
from bot.dialogue.effects import RateFeedback, ReopenFeedback
from bot.dialogue.flow import Answers, End, Flow, Offer, Place, Step, no_words
from bot.dialogue.state import ConversationState, FlowState
from bot.dialogue.texts import Texts
from feedback.receipts import read_receipt

GRADES = (5, 4, 3, 2, 1)
UNHAPPY = 2
"""From this grade down it is asked why."""


class AfterAnswer(StrEnum):
    """Whether somebody may say something about an answer; the sentence is ``utter_answer_`` with this."""

    OPEN = "open"
    NOT_YOURS = "not_yours"
    """Unknown, or sent from elsewhere: the two are not told apart."""
    NOT_YET = "not_yet"
    """It is not answered."""
    TOO_LATE = "too_late"


@dataclass(frozen=True)
class Standing:
    """What may be done after an answer."""

    rating: AfterAnswer
    reopening: AfterAnswer


class LooksAfterAnswer(Protocol):
    """Answered feedback, as its sender may go on with it."""

    async def look(self, ref: Ref, receipt: str, now: datetime) -> Standing:
        """Tell what this conversation may do with a record."""
        ...


@dataclass(frozen=True)
class AnswerOutside:
    """What the flows read from outside."""

    records: LooksAfterAnswer
    rate_days: int
    reopen_days: int


def satisfaction_choices(texts: Texts, receipt: str) -> Sequence[Choice]:
    """Return the buttons that stand under an answer to feedback."""
    return tuple(
        Choice(f"do:feedback_rating:{receipt}:{grade}", texts.render(f"utter_button_answer_{grade}"))
        for grade in GRADES
    )


def reopen_choice(texts: Texts, receipt: str) -> Choice:
    """Return the button that asks for a record to be looked at again."""
    return Choice(f"do:feedback_reopen:{receipt}", texts.render("utter_button_answer_again_yes"))


def answer_flows(outside: AnswerOutside) -> tuple[Flow, ...]:
    """Return the flows: the tap, why not content, and reopening."""
    desk = _AnswerDesk(outside)
    title = "utter_title_feedback_rating"
    return (
        Flow("feedback_rating", title, desk.rate, given=_rated),
        Flow("feedback_unhappy", title, desk.unhappy, steps=_UNHAPPY, fleeting=True),
        Flow("feedback_reopen", "utter_title_feedback_reopen", desk.ask_again, given=_named),
        Flow("feedback_again", "utter_title_feedback_reopen", desk.reopen, steps=_AGAIN),
    )


@dataclass(frozen=True)
class _AnswerDesk:
    outside: AnswerOutside

    async def rate(self, at: Place, answers: Answers) -> End:
        """Keep the grade at once; ask on where it is low."""
        receipt, grade = answers.get("receipt", ""), answers.get("grade", "")
        standing = await self._standing(at, receipt)
        if standing.rating is not AfterAnswer.OPEN or not grade:
            return self._refused(at, standing.rating if grade else AfterAnswer.NOT_YOURS, self.outside.rate_days)
        title = at.texts.render(f"utter_button_answer_{grade}")
        told = Reply(at.texts.render("utter_answer_rated", grade=title, days=self.outside.rate_days))
        effects = (RateFeedback(receipt, int(grade)),)
        if int(grade) > UNHAPPY:
            return End((told,), at.state, effects)
        begun = {"receipt": receipt, "grade": grade}
        if standing.reopening is not AfterAnswer.OPEN:
            begun["again"] = "no"
        return End((told,), _begun(at, "feedback_unhappy", begun), effects, then="feedback_unhappy")

    async def unhappy(self, at: Place, answers: Answers) -> End:
        """Keep the reason, and reopen where that is wanted."""
        receipt, why = answers.get("receipt", ""), answers.get("why", "")
        standing = await self._standing(at, receipt)
        if standing.rating is not AfterAnswer.OPEN:
            return self._refused(at, standing.rating, self.outside.rate_days)
        effects: tuple[RateFeedback | ReopenFeedback, ...] = ()
        if why:
            effects = (RateFeedback(receipt, int(answers["grade"]), why),)
        if why and answers.get("again") == "yes" and standing.reopening is AfterAnswer.OPEN:
            told = at.texts.render("utter_answer_reopened", receipt=receipt)
            return End((Reply(told),), at.state, (*effects, ReopenFeedback(receipt, why)))
        return End((Reply(at.texts.render("utter_answer_thanks")),), at.state, effects)

    async def ask_again(self, at: Place, answers: Answers) -> End:
        """Look whether it may be reopened, before a reason is asked."""
        receipt = answers.get("receipt", "")
        standing = await self._standing(at, receipt)
        if standing.reopening is not AfterAnswer.OPEN:
            return self._refused(at, standing.reopening, self.outside.reopen_days)
        return End((), _begun(at, "feedback_again", {"receipt": receipt}), then="feedback_again")

    async def reopen(self, at: Place, answers: Answers) -> End:
        """Reopen with the reason."""
        receipt = answers.get("receipt", "")
        standing = await self._standing(at, receipt)
        if standing.reopening is not AfterAnswer.OPEN:
            return self._refused(at, standing.reopening, self.outside.reopen_days)
        told = at.texts.render("utter_answer_reopened", receipt=receipt)
        return End((Reply(told),), at.state, (ReopenFeedback(receipt, answers["why"]),))

    async def _standing(self, at: Place, receipt: str) -> Standing:
        if not receipt:
            return Standing(AfterAnswer.NOT_YOURS, AfterAnswer.NOT_YOURS)
        return await self.outside.records.look(at.ref, receipt, at.now)

    def _refused(self, at: Place, why: AfterAnswer, days: int) -> End:
        return End((Reply(at.texts.render(f"utter_answer_{why}", days=days)),), at.state)


def _begun(at: Place, name: str, answers: Answers) -> ConversationState:
    flows = (*(one for one in at.state.flows if one.name != name), FlowState(name=name, answers=dict(answers)))
    return msgspec.structs.replace(at.state, flows=flows)


def _named(rest: str) -> Answers:
    receipt = read_receipt(rest)
    return {"receipt": receipt} if receipt else {}


def _rated(rest: str) -> Answers:
    named, _, grade = rest.rpartition(":")
    known = {str(one) for one in GRADES}
    return {**_named(named), "grade": grade} if grade in known else _named(rest)


def _why_was_given(answers: Answers) -> bool:
    return bool(answers.get("why"))


_UNHAPPY = (
    Step("why", asks="utter_answer_why", story=True, skippable=True),
    Step(
        "again",
        asks="utter_answer_again",
        reads=no_words,
        offers=tuple(Offer(one, f"utter_button_answer_again_{one}") for one in ("yes", "no")),
        cancel=False,
        needed=_why_was_given,
    ),
)
_AGAIN = (Step("why", asks="utter_answer_reopen_why", story=True),)
