"""Routes each message to the flow that owns the turn. The one implementation of ``Dialogue``."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

from bot.channels.contract import Inbound, InboundKind, Reply
from bot.dialogue.choices import read_choice, typed_option
from bot.dialogue.procedure_flow import ProcedureFlow, Said
from bot.dialogue.state import ConversationState, waiting_aspects
from bot.dialogue.texts import Texts
from bot.dialogue.turn import TurnResult
from nlu.decision import Outcome, in_scope
from nlu.hotlines import Emergency, emergency_of
from nlu.text import MAX_LENGTH, looks_vietnamese, normalise
from nlu.understanding import Aspect, Intent, Understanding

SURE = 0.6
"""Confidence from which an intent other than a procedure question owns the turn."""
GUESS = 0.35
"""The same, when no procedure fits the words either."""
FOREIGN = 0.7
"""Confidence from which a message is out of scope although it asks for an aspect ("phạt bao nhiêu") and a procedure is under
discussion: on the development questions it catches 77 % of those and takes 0.7 % of the follow-ups along."""

_SENTENCES: Mapping[Intent, str] = {
    Intent.GOODBYE: "utter_goodbye",
    Intent.THANK: "utter_thank",
    Intent.HELP: "utter_help",
    Intent.BOT_CHALLENGE: "utter_bot_challenge",
    Intent.CHITCHAT: "utter_chitchat",
    Intent.FRUSTRATION: "utter_frustration",
    Intent.CHANGE_LANGUAGE: "utter_change_language",
    Intent.DOSSIER_STATUS: "utter_not_yet_dossier",
    Intent.DOSSIER_WATCH: "utter_not_yet_dossier",
    Intent.DOSSIER_LATE: "utter_not_yet_dossier",
    Intent.POSTAL_SERVICE: "utter_not_yet_postal",
    Intent.POSTAL_TRACKING: "utter_not_yet_postal",
    Intent.FEEDBACK_SUBMIT: "utter_not_yet_feedback",
    Intent.FEEDBACK_STATUS: "utter_not_yet_feedback",
    Intent.FEEDBACK_HOWTO: "utter_not_yet_feedback",
    Intent.COMPLAINT: "utter_complaint",
    Intent.DENUNCIATION: "utter_denunciation",
    Intent.RATE_SERVICE: "utter_not_yet_rating",
    Intent.TALK_TO_PERSON: "utter_not_yet_person",
    Intent.PRIVACY_VIEW: "utter_not_yet_privacy",
    Intent.PRIVACY_DELETE: "utter_not_yet_privacy",
    Intent.OFFICE_HOURS: "utter_not_yet_office",
    Intent.OFFICE_ADDRESS: "utter_not_yet_office",
}
"""Intents answered with one sentence; those whose flow is not built yet name the official door."""

_EMERGENCIES: Mapping[Emergency, str] = {
    Emergency.FIRE: "fire",
    Emergency.CHILD: "child",
    Emergency.VIOLENCE: "police",
    Emergency.DESPAIR: "ambulance",
    Emergency.AMBULANCE: "ambulance",
    Emergency.POLICE: "police",
}
"""Which number of ``nlu/data/hotlines.yml`` is named first."""


class ReadsMessages(Protocol):
    """Understands a message; never fails."""

    async def read(self, text: str) -> Understanding:
        """Read one message."""
        ...


@dataclass(frozen=True)
class Conversation:
    """Answers each message of a conversation."""

    reader: ReadsMessages
    procedures: ProcedureFlow
    texts: Texts

    async def turn(self, state: ConversationState, inbound: Inbound) -> TurnResult:
        """Answer one message; see ``Dialogue``."""
        began = time.perf_counter()
        said, read = await self._answer(state, inbound)
        after = msgspec.structs.replace(said.state, turns=state.turns + 1)
        return TurnResult(said.replies, after, _trace(said, read, time.perf_counter() - began))

    async def _answer(self, state: ConversationState, inbound: Inbound) -> tuple[Said, Understanding | None]:
        if inbound.kind is InboundKind.START:
            return self._say(state, "utter_greet", greeted=True), None
        if inbound.kind is InboundKind.CHOICE:
            return await self._chosen(state, inbound.payload), None
        if inbound.kind is not InboundKind.TEXT:
            return self._say(state, "utter_only_text"), None
        emergency = emergency_of(inbound.text)
        if emergency is not None:
            return self._emergency(state, emergency), None
        option = typed_option(inbound.text, state.options) if state.options else None
        if option is not None:
            return await self._chosen(state, option.id), None
        plain = normalise(inbound.text)
        if not any(letter.isalnum() for letter in plain):
            return self._say(state, "utter_empty"), None
        read = await self.reader.read(plain)
        said = await self._understood(state, read)
        if len(inbound.text) > MAX_LENGTH:
            said = Said(
                (Reply(self.texts.render("utter_too_long")), *said.replies), said.state, said.outcome, said.codes
            )
        return said, read

    async def _understood(self, state: ConversationState, read: Understanding) -> Said:
        if read.procedure_codes:
            return await self.procedures.ask(state, read)
        owner = self._small_flow(state, read)
        if owner is not None:
            return owner
        said = await self.procedures.ask(state, read)
        if said.outcome in (Outcome.DECLINED, Outcome.NOT_IN_CATALOGUE):
            if not looks_vietnamese(read.text):
                return self._say(state, "utter_not_vietnamese", outcome=Outcome.DECLINED)
            return self._out_of_scope(state, read) or self._sentence(state, read, GUESS) or said
        return said

    def _small_flow(self, state: ConversationState, read: Understanding) -> Said | None:
        """Return the answer of a flow that surely owns the message, or ``None`` for a procedure question."""
        if read.intent is Intent.EMERGENCY and read.confidence >= SURE:
            return Said((Reply(self.texts.render("utter_emergency_any")),), state, Outcome.EMERGENCY)
        if read.intent is Intent.GREET and read.confidence >= SURE:
            return self._say(state, "utter_greet_again" if state.greeted else "utter_greet", greeted=True)
        if read.intent.out_of_scope and state.procedure and not in_scope(read, self.procedures.limits):
            # While a procedure is under discussion short follow-ups look foreign: what asks for an aspect must be surely so.
            foreign = read.out_of_scope >= FOREIGN or (read.confidence >= SURE and not read.aspects)
            return self._out_of_scope(state, read) if foreign else None
        if read.intent is Intent.POSTAL_SERVICE and state.procedure and Aspect.POST in read.aspects:
            return None  # "Gửi qua bưu điện được không" goes on about the procedure under discussion.
        return self._sentence(state, read, SURE)

    def _sentence(self, state: ConversationState, read: Understanding, floor: float) -> Said | None:
        if read.confidence < floor:
            return None
        if read.intent is Intent.AFFIRM:
            return self._affirm(state)
        if read.intent is Intent.DENY:
            return self._say(state, "utter_choose_again" if state.options else "utter_deny")
        if read.intent in (Intent.CANCEL, Intent.CORRECT):
            key = "utter_cancel" if read.intent is Intent.CANCEL else "utter_correct"
            if read.intent is Intent.CORRECT and in_scope(read, self.procedures.limits):
                return None
            return self._say(msgspec.structs.replace(state, procedure=""), key)
        key = _SENTENCES.get(read.intent, "")
        return self._say(state, key, outcome=Outcome.OTHER_FLOW) if key else None

    def _affirm(self, state: ConversationState) -> Said:
        if not state.procedure:
            return self._say(state, "utter_affirm")
        buttons = self.procedures.voice.aspect_choices(state.procedure, ())
        return Said((Reply(self.texts.render("utter_affirm"), tuple(buttons)),), state, Outcome.OTHER_FLOW)

    def _out_of_scope(self, state: ConversationState, read: Understanding) -> Said | None:
        if not read.intent.out_of_scope:
            return None
        return self._say(state, f"utter_{read.intent.value}", outcome=Outcome.DECLINED)

    async def _chosen(self, state: ConversationState, payload: str) -> Said:
        picked = read_choice(payload)
        if picked is None:
            return self._say(state, "utter_old_choice")
        if picked.none_of_these:
            return self._say(
                msgspec.structs.replace(state, options=(), aspects=()), "utter_choose_again", outcome=Outcome.CHOOSE
            )
        offered = any(option.id == payload for option in state.options)
        waiting = waiting_aspects(state) if offered else ()
        aspects = (picked.aspect,) if picked.aspect else waiting
        return await self.procedures.by_code(state, picked.code, aspects)

    def _emergency(self, state: ConversationState, kind: Emergency) -> Said:
        number = self.texts.values[_EMERGENCIES[kind]]
        reply = Reply(self.texts.render(f"utter_emergency_{kind}", number=number))
        return Said((reply,), state, Outcome.EMERGENCY)

    def _say(
        self, state: ConversationState, key: str, *, greeted: bool = False, outcome: Outcome = Outcome.OTHER_FLOW
    ) -> Said:
        after = msgspec.structs.replace(state, greeted=state.greeted or greeted)
        return Said((Reply(self.texts.render(key, state.language)),), after, outcome)


def _trace(said: Said, read: Understanding | None, seconds: float) -> dict[str, Any]:
    """Return what ``--trace`` shows of a turn: no text of the citizen."""
    trace: dict[str, Any] = {
        "outcome": said.outcome.value,
        "codes": list(said.codes),
        "procedure": said.state.procedure,
        "milliseconds": round(1000 * seconds, 2),
    }
    if read is not None:
        trace |= {
            "intent": read.intent.value,
            "confidence": round(read.confidence, 4),
            "aspects": [aspect.value for aspect in read.aspects or _default(said)],
            "candidates": [{"code": one.code, "score": one.score, "name": one.name} for one in read.candidates],
            "in_scope": read.in_scope,
            "out_of_scope": read.out_of_scope,
            "catalogue_version": read.catalogue_version,
            "by": read.by.value,
            "scores": {name: round(value, 4) for name, value in read.scores.items()},
        }
    return trace


def _default(said: Said) -> tuple[Aspect, ...]:
    """Return what is told when a question names no aspect."""
    return (Aspect.OVERVIEW,) if said.outcome is Outcome.ANSWERED else ()
