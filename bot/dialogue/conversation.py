"""Answers questions about procedures and small talk: what a message means by itself. ``Assistant`` leads the flows."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from bot.channels.contract import Inbound, InboundKind, Reply
from bot.dialogue.choices import read_choice, typed_option
from bot.dialogue.emergencies import emergency_reply
from bot.dialogue.field_flow import FieldFlow
from bot.dialogue.going_on import GoingOn
from bot.dialogue.learning import reviewed
from bot.dialogue.own_matters import asks_procedure
from bot.dialogue.ports import ReadsMessages
from bot.dialogue.procedure_flow import ProcedureFlow
from bot.dialogue.said import Said
from bot.dialogue.say_answer import AnswerVoice
from bot.dialogue.several import Several
from bot.dialogue.state import ConversationState, waiting_aspects
from bot.dialogue.texts import Texts
from bot.dialogue.turn import TurnResult
from bot.dialogue.wordless import dotted, lacking
from nlu.asked import all_asked, in_order_asked, is_bare_question
from nlu.aspects import cue_aspects
from nlu.decision import Outcome, decide, in_scope
from nlu.hotlines import emergency_of
from nlu.splitting import asking_pieces
from nlu.steering import is_steering, plain_question
from nlu.text import MAX_LENGTH, looks_vietnamese, normalise
from nlu.understanding import Aspect, Intent, Understanding

SURE = 0.6
"""Confidence from which an intent other than a procedure question owns the turn."""
GUESS = 0.35
"""The same, when no procedure fits the words either."""
FOREIGN = 0.7
"""Confidence from which a message is out of scope although it asks for an aspect ("phạt bao nhiêu") and a procedure is under
discussion: on the development questions it catches 77 % of those and takes 0.7 % of the follow-ups along."""

OURS = 0.3
"""Confidence of the out-of-scope intents below which a piece of a declined message may be a procedure question."""

_SENTENCES: Mapping[Intent, str] = {
    Intent.GOODBYE: "utter_goodbye",
    Intent.THANK: "utter_thank",
    Intent.BOT_CHALLENGE: "utter_bot_challenge",
    Intent.CHITCHAT: "utter_chitchat",
    Intent.FRUSTRATION: "utter_frustration",
    Intent.OFFICE_HOURS: "utter_not_yet_office",
    Intent.OFFICE_ADDRESS: "utter_not_yet_office",
}
"""Intents answered with one sentence; those whose flow is not built yet name the official door."""

_KINDS: Mapping[InboundKind, str] = {
    InboundKind.IMAGE: "utter_got_image",
    InboundKind.CONTACT: "utter_got_contact",
    InboundKind.LOCATION: "utter_got_location",
}
"""What is said to messages without words."""

_OPENS: Mapping[Intent, str] = {
    Intent.HELP: "help",
    Intent.CHANGE_LANGUAGE: "language",
    Intent.TALK_TO_PERSON: "person",
    Intent.PRIVACY_VIEW: "mydata",
    Intent.PRIVACY_DELETE: "erase",
    Intent.DOSSIER_STATUS: "status",
    Intent.DOSSIER_WATCH: "watch",
    Intent.DOSSIER_LATE: "late",
    Intent.RATE_SERVICE: "rate",
    Intent.FEEDBACK_HOWTO: "feedback_howto",
    Intent.FEEDBACK_STATUS: "feedback_status",
    Intent.FEEDBACK_SUBMIT: "feedback",
    Intent.COMPLAINT: "complaint",
    Intent.DENUNCIATION: "denunciation",
    Intent.POSTAL_SERVICE: "postal",
    Intent.POSTAL_TRACKING: "postal_sent",
}
"""Intents that open a flow."""


@dataclass(frozen=True)
class Conversation:
    """Answers each message of a conversation."""

    reader: ReadsMessages
    procedures: ProcedureFlow
    texts: Texts
    fields: FieldFlow

    def speaking(self, language: str) -> Conversation:
        """Return the same conversation in another language."""
        if language == self.texts.language:
            return self
        texts = self.texts.speaking(language)
        post = self.procedures.post.speaking(texts) if self.procedures.post else None
        procedures = replace(self.procedures, texts=texts, voice=AnswerVoice(texts), post=post)
        return replace(self, texts=texts, procedures=procedures, fields=replace(self.fields, asking=procedures.asking))

    async def turn(self, state: ConversationState, inbound: Inbound) -> TurnResult:
        """Answer one message as if there were no flows; see ``Dialogue``."""
        began = time.perf_counter()
        said, read = await self.hear(state, inbound)
        learned = reviewed(state, inbound, said, read)
        after = msgspec.structs.replace(said.state, turns=state.turns + 1, earlier=learned.earlier)
        return TurnResult(said.replies, after, trace_of(said, read, time.perf_counter() - began), learned.sightings)

    async def hear(self, state: ConversationState, inbound: Inbound) -> tuple[Said, Understanding | None]:
        if inbound.kind is InboundKind.START:
            return self._say(state, "utter_greet", greeted=True), None
        if inbound.kind is InboundKind.CHOICE:
            return await self._chosen(state, inbound.payload), None
        if inbound.data.get("group"):
            return self._say(state, "utter_only_private"), None
        if inbound.kind is not InboundKind.TEXT:
            return self._say(state, _KINDS.get(inbound.kind, "utter_only_text")), None
        if emergency_of(inbound.text) is not None:
            return Said((emergency_reply(self.texts, inbound.text),), state, Outcome.EMERGENCY), None
        option = typed_option(inbound.text, state.options) if state.options else None
        if option is not None:
            return await self._chosen(state, option.id), None
        plain = dotted(normalise(inbound.text))
        if lack := lacking(plain):
            return self._say(state, lack), None
        picked = await self._picked(state, plain)
        if picked is not None:
            return picked, None
        # What a message orders is not done; a plain question beside it is answered as if it had come alone.
        ordered = is_steering(plain)
        plain = plain_question(plain) if ordered else plain
        read = await self.reader.read(plain) if plain else Understanding(text="")
        if ordered and not in_scope(read, self.procedures.limits):
            return self._say(state, "utter_out_of_scope_prompt", outcome=Outcome.DECLINED), None
        read = replace(read, aspects=all_asked(plain, read.aspects))
        said = await self._understood(state, read)
        if len(inbound.text) > MAX_LENGTH:
            said = Said(
                (Reply(self.texts.render("utter_too_long")), *said.replies), said.state, said.outcome, said.codes
            )
        return said, read

    async def _picked(self, state: ConversationState, text: str) -> Said | None:
        """Answer for the option that an answer in words means, or offer the few that it leaves."""
        meant = await self.procedures.asking.meant(state, text) if state.options else ()
        if not meant:
            return None
        aspects = in_order_asked(text, cue_aspects(text)) or waiting_aspects(state)
        if len(meant) == 1:
            return await self.procedures.by_code(state, meant[0].code, aspects)
        return await self.procedures.asking.offer(state, [one.code for one in meant], aspects)

    async def _understood(self, state: ConversationState, read: Understanding) -> Said:
        if read.procedure_codes:
            return await self.procedures.ask(state, read)
        said = await self._of_the_matter(state, read) or self._small_flow(state, read)
        if said is None:
            said = await Several(self.procedures, self.reader).answer(state, read) or await self._asked(state, read)
        if said.outcome is Outcome.DECLINED and read.intent is not Intent.OOS_PROMPT:
            return await self._piece(state, read) or said
        return said

    async def _of_the_matter(self, state: ConversationState, read: Understanding) -> Said | None:
        """Return the answer of what reads a message by its words alone: a whole field, a sibling, a correction."""
        listed = await self.fields.open(state, read.text)
        return listed or await GoingOn(self.procedures, self.reader).answer(state, read)

    async def _asked(self, state: ConversationState, read: Understanding) -> Said:
        said = await self.procedures.ask(state, read)
        if said.outcome in (Outcome.DECLINED, Outcome.NOT_IN_CATALOGUE):
            if not looks_vietnamese(read.text):
                return self._say(state, "utter_not_vietnamese", outcome=Outcome.DECLINED)
            return self._out_of_scope(state, read) or self._sentence(state, read, GUESS) or said
        return said

    async def _piece(self, state: ConversationState, read: Understanding) -> Said | None:
        """Answer the procedure question in a message that is declined as a whole: talk and a question in one breath."""
        limits = self.procedures.limits
        for text in asking_pieces(read.text):
            piece = await self.reader.read(text)
            ours = piece.intent in (Intent.ASK_PROCEDURE, Intent.UNKNOWN) and piece.out_of_scope < OURS
            names = piece.scores.get("naming", 0.0) >= limits.naming
            if ours and names and decide(piece, limits).outcome is Outcome.ANSWERED:
                return await self.procedures.ask(state, replace(piece, aspects=all_asked(text, piece.aspects)))
        return None

    def _small_flow(self, state: ConversationState, read: Understanding) -> Said | None:
        """Return the answer of a flow that surely owns the message, or ``None`` for a procedure question."""
        if read.intent is Intent.EMERGENCY and read.confidence >= SURE:
            return Said((emergency_reply(self.texts, read.text),), state, Outcome.EMERGENCY)
        if read.intent is Intent.GREET and read.confidence >= SURE:
            return self._say(state, "utter_greet_again" if state.greeted else "utter_greet", greeted=True)
        if read.intent is Intent.OOS_PROMPT and read.confidence >= SURE and not plain_question(read.text):
            return self._out_of_scope(state, read)
        if read.intent.out_of_scope and state.procedure and not in_scope(read, self.procedures.limits):
            # While a procedure is under discussion short follow-ups look foreign: what asks for an aspect must be surely so.
            foreign = read.out_of_scope >= FOREIGN or (read.confidence >= SURE and not read.aspects)
            return self._out_of_scope(state, read) if foreign and not is_bare_question(read.text) else None
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
        if read.intent in _OPENS:
            if asks_procedure(read, self.procedures.limits, going_on=bool(state.procedure)):
                return None
            return Said((), state, Outcome.OTHER_FLOW, opens=_OPENS[read.intent])
        key = _SENTENCES.get(read.intent, "")
        return self._say(state, key) if key else None

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

    def _say(
        self, state: ConversationState, key: str, *, greeted: bool = False, outcome: Outcome = Outcome.OTHER_FLOW
    ) -> Said:
        after = msgspec.structs.replace(state, greeted=state.greeted or greeted)
        return Said((Reply(self.texts.render(key, state.language)),), after, outcome)


def trace_of(said: Said, read: Understanding | None, seconds: float) -> dict[str, Any]:
    """Return what ``--trace`` shows of a turn: no text of the citizen."""
    trace: dict[str, Any] = {
        "outcome": said.outcome.value,
        "codes": list(said.codes),
        "procedure": said.state.procedure,
        "options": [picked.code for one in said.state.options if (picked := read_choice(one.id)) and picked.code],
        "milliseconds": round(1000 * seconds, 2),
    }
    if read is not None:
        trace |= {
            "intent": read.intent.value,
            "confidence": round(read.confidence, 4),
            "aspects": [aspect.value for aspect in read.aspects or _default(said)],
            "candidates": [
                {"code": one.code, "score": one.score, "name": one.name, "members": list(one.codes)}
                for one in read.candidates
            ],
            "in_scope": read.in_scope,
            "out_of_scope": read.out_of_scope,
            "catalogue_version": read.catalogue_version,
            "by": read.by.value,
            "scores": {name: round(value, 4) for name, value in read.scores.items()},
        }
    return trace


def _default(said: Said) -> tuple[Aspect, ...]:
    """Return what is told when a question names no aspect; when it is asked back, once the procedure is clear."""
    return (Aspect.OVERVIEW,) if said.outcome in (Outcome.ANSWERED, Outcome.CHOOSE) else ()
