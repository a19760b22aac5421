"""Where sent feedback stands, by its receipt; what its sender adds, and taking it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from bot.channels.contract import Inbound, Reply
from bot.dialogue.effects import BlankMessage, FollowFeedback, SupplementFeedback, WithdrawFeedback
from bot.dialogue.feedback_status_ports import AboutOwnFeedback
from bot.dialogue.flow import Answers, End, Flow, Offer, Place, Step, no_words, rest_given
from bot.dialogue.flows.dossier_proof import four_digits
from bot.dialogue.say_feedback_status import FeedbackVoice
from bot.dialogue.state import ConversationState, FlowState
from feedback.looks import LookOutcome
from feedback.receipts import read_receipt
from feedback.transitions import Action
from nlu.text import fold, normalise
from nlu.understanding import Intent

_LOST = re.compile(
    r"\b(?:khong (?:nho|co|con|biet|thay)|quen|that lac|mat (?:roi|so|bien nhan)|(?:lam|bi|da) mat|lost|forgot|don't (?:know|have))\b"
)
_PROOF, _WHICH = "feedback_proof", "feedback_which"


def status_flows(outside: AboutOwnFeedback) -> tuple[Flow, ...]:
    """Return the flows about feedback that was sent."""
    desk = _Desk(outside)
    title = "utter_feedback_title_status"
    return (
        Flow("feedback_status", title, desk.status, given=_receipt_given, hears=True, intents=_INTENTS),
        Flow(_WHICH, title, desk.which, steps=(_RECEIPT,)),
        Flow(_PROOF, title, desk.prove, steps=(_FOUR,), given=_receipt_given),
        Flow("feedback_supplement", "utter_feedback_title_supplement", desk.may_supplement, given=_receipt_given),
        Flow("feedback_adding", "utter_feedback_title_supplement", desk.supplement, steps=(_TEXT,)),
        Flow("feedback_withdraw", "utter_feedback_title_withdraw", desk.may_withdraw, given=_receipt_given),
        Flow("feedback_leaving", "utter_feedback_title_withdraw", desk.withdraw, steps=(_SURE,)),
        Flow("feedback_follow", title, desk.follow, given=rest_given),
    )


@dataclass(frozen=True)
class _Desk:
    outside: AboutOwnFeedback

    async def status(self, at: Place, answers: Answers) -> End:
        """Show the record of a receipt; without one, the conversation's own."""
        if answers.get("receipt"):
            return await self._show(at, answers["receipt"])
        own = list(await self.outside.desk.own(at.ref))
        if len(own) == 1:
            return await self._show(at, own[0].receipt)
        if own:
            return End((FeedbackVoice(at.texts, self.outside).several(own),), at.state)
        return End((), at.state, then=_WHICH)

    async def which(self, at: Place, answers: Answers) -> End:
        """Show the record of the receipt that was asked for."""
        if answers["receipt"] == "lost":
            return End((Reply(at.texts.render("utter_feedback_lost")),), at.state)
        return await self._show(at, answers["receipt"])

    async def prove(self, at: Place, answers: Answers) -> End:
        """Show it to whoever knows the second fact; the digits are not kept."""
        receipt = answers.get("receipt", "")
        if not receipt:
            return End((), at.state, then=_WHICH)
        if answers["four"] == "none":
            return End((Reply(at.texts.render("utter_feedback_no_digits")),), at.state)
        end = await self._show(at, receipt, answers["four"])
        return End(end.replies, end.state, (BlankMessage(),), then=end.then)

    async def may_supplement(self, at: Place, answers: Answers) -> End:
        """Look whether something may be added, before it is written."""
        return await self._may(at, answers, Action.SUPPLEMENT, "feedback_adding")

    async def supplement(self, at: Place, answers: Answers) -> End:
        """Pass what is added on."""
        receipt = answers.get("receipt", "")
        if not await self._can(at, receipt, Action.SUPPLEMENT):
            return self._gone(at, receipt)
        told = Reply(at.texts.render("utter_feedback_supplemented", receipt=receipt))
        return End((told,), at.state, (SupplementFeedback(receipt, answers["text"]),))

    async def may_withdraw(self, at: Place, answers: Answers) -> End:
        """Look whether it may be taken back, before that is confirmed."""
        return await self._may(at, answers, Action.WITHDRAW, "feedback_leaving")

    async def withdraw(self, at: Place, answers: Answers) -> End:
        """Take it back, once that is confirmed."""
        receipt = answers.get("receipt", "")
        if answers["sure"] != "yes":
            return End((Reply(at.texts.render("utter_feedback_kept_on", receipt=receipt)),), at.state)
        if not await self._can(at, receipt, Action.WITHDRAW):
            return self._gone(at, receipt)
        told = Reply(at.texts.render("utter_feedback_withdrawn", receipt=receipt))
        return End((told,), at.state, (WithdrawFeedback(receipt),))

    async def follow(self, at: Place, answers: Answers) -> End:
        """Follow a public item."""
        slug = answers.get("rest", "")
        if not slug:
            return End((), at.state, then="feedback_status")
        told = Reply(at.texts.render("utter_feedback_following"))
        return End((told,), at.state, (FollowFeedback(slug, at.texts.language),))

    async def _show(self, at: Place, receipt: str, four: str | None = None) -> End:
        look = await self.outside.desk.look(at.ref, receipt, four, at.now, at.source)
        if look.outcome is LookOutcome.NEEDS_FACT:
            return _begun(at, _PROOF, {"receipt": receipt})
        reply = FeedbackVoice(at.texts, self.outside).reply(receipt, look, at.now)
        if look.outcome is LookOutcome.NOT_MATCHED:
            return End((reply,), _listening(at, receipt))
        return End((reply,), at.state)

    async def _may(self, at: Place, answers: Answers, action: Action, flow: str) -> End:
        receipt = answers.get("receipt", "")
        if not receipt:
            return End((), at.state, then="feedback_status")
        look = await self.outside.desk.look(at.ref, receipt, None, at.now, at.source)
        if look.shown is None:
            return _begun(at, _PROOF, {"receipt": receipt})
        if action not in look.shown.steps:
            return self._gone(at, receipt)
        return _begun(at, flow, {"receipt": receipt})

    async def _can(self, at: Place, receipt: str, action: Action) -> bool:
        look = await self.outside.desk.look(at.ref, receipt, None, at.now, at.source)
        return look.shown is not None and action in look.shown.steps

    def _gone(self, at: Place, receipt: str) -> End:
        return End((Reply(at.texts.render("utter_feedback_gone", receipt=receipt)),), at.state)


def _begun(at: Place, flow: str, answers: Mapping[str, str]) -> End:
    """Go on with another flow that knows some answers already; what was begun of it for another receipt is dropped."""
    kept = tuple(one for one in at.state.flows if one.name != flow)
    begun = FlowState(name=flow, answers=dict(answers))
    return End((), msgspec.structs.replace(at.state, flows=(*kept, begun)), then=flow)


def _listening(at: Place, receipt: str) -> ConversationState:
    """Hear other digits without a tap: whoever mistyped them types them again."""
    waits = FlowState(name=_PROOF, step=_FOUR.name, answers={"receipt": receipt}, at=int(at.now.timestamp()))
    kept = tuple(one for one in at.state.flows if one.name != _PROOF)
    return msgspec.structs.replace(at.state, flows=(*kept, waits))


def _receipt_given(rest: str) -> Answers:
    receipt = read_receipt(rest)
    return {"receipt": receipt} if receipt else {}


def _receipt(inbound: Inbound) -> str | None:
    return read_receipt(inbound.text) or ("lost" if _LOST.search(fold(normalise(inbound.text))) else None)


_INTENTS = frozenset({Intent.FEEDBACK_STATUS})
_RECEIPT = Step("receipt", asks="utter_feedback_which", example="utter_feedback_which_example", reads=_receipt)
_FOUR = Step("four", asks="utter_feedback_four", example="utter_feedback_four_example", reads=four_digits, numbers=True)
_TEXT = Step("text", asks="utter_feedback_supplement_what", story=True)
_SURE = Step(
    "sure",
    asks="utter_feedback_withdraw_sure",
    reads=no_words,
    offers=(
        Offer("yes", "utter_button_feedback_withdraw_yes"),
        Offer("no", "utter_button_feedback_withdraw_no"),
    ),
    cancel=False,
)
