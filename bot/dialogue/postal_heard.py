"""Hears in a message what the post is asked, before and after it was read as a question about a procedure."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.dossier_follow_ups import Meant
from bot.dialogue.postal_asked import about_post, of_declined, topic_flow, topic_in
from bot.dialogue.postal_memory import awaiting, spoke_of_post
from bot.dialogue.postal_words import asks_for_dossier, is_postal, only_postal, surely_postal, topic_of
from bot.dialogue.said import Said
from bot.dialogue.state import ConversationState
from bot.postal.ports import ReadsPlaces
from feedback.working_time.zone import here
from nlu.decision import Outcome, Thresholds, decide
from nlu.post.topic import Topic
from nlu.steering import is_steering
from nlu.understanding import Aspect, Understanding

POSTAL = "postal"
"""Name of the flow that a message about the post opens."""
DATA = "mydata"
"""Name of the flow that shows what is kept."""
_DECLINED = frozenset({Outcome.DECLINED, Outcome.NOT_IN_CATALOGUE})
_FOUND = frozenset({Outcome.ANSWERED, Outcome.CHOOSE, Outcome.DETAILS_MISSING})


@dataclass(frozen=True)
class Heard:
    """What a message opens, and the state in which it does."""

    meant: Meant
    state: ConversationState


@dataclass(frozen=True)
class PostalEar:
    """Tells what a message opens."""

    places: ReadsPlaces
    limits: Thresholds

    def before(self, inbound: Inbound, state: ConversationState) -> Meant | None:
        """Return what a message opens that is surely about the post alone."""
        if inbound.kind is not InboundKind.TEXT or not inbound.text:
            return None
        return about_post(inbound.text, state, self.places, here(inbound.at).date())

    def after(self, inbound: Inbound, said: Said, read: Understanding | None, state: ConversationState) -> Heard | None:
        """Return what a message opens beside the answer that was found, or where none was.

        Args:
            inbound: the message.
            said: the answer.
            read: how it was understood.
            state: of the conversation before it.
        """
        waits = awaiting(state)
        if waits and said.outcome is Outcome.ANSWERED and said.codes:
            return Heard(Meant(waits, said.codes[0]), said.state)
        if inbound.kind is not InboundKind.TEXT or read is None or is_steering(inbound.text):
            return None
        if said.opens == POSTAL:
            return self._of(read, state, inbound.text) if self._named(read) else None
        if said.opens and not (said.opens == DATA and surely_postal(inbound.text)):
            return None  # "Gửi về bên Mỹ cho chị tôi" sounds to the intents like a word about what is kept.
        return self._beside(inbound, said, read, state)

    def _beside(self, inbound: Inbound, said: Said, read: Understanding, state: ConversationState) -> Heard | None:
        """Return what a message about the post opens beside the answer of the search."""
        text, today, named = inbound.text, here(inbound.at).date(), self._named(read)
        topic = topic_in(text, state)
        nameless = read.scores.get("naming", 0.0) < self.limits.maybe_another and not state.procedure
        unheard = said.outcome in _DECLINED or (said.outcome is Outcome.ANSWERED and nameless)
        if topic is None and unheard and not state.flows and asks_for_dossier(text, after=False):
            return Heard(Meant("status"), state)
        if said.outcome in _DECLINED:
            meant = None if read.intent.out_of_scope and topic is None else of_declined(text, state, today)
            return Heard(meant, state) if meant else None
        if topic is None or not (said.opens or said.outcome in _FOUND):
            return None
        found = named or (said.outcome is Outcome.ANSWERED and state.procedure != "")
        if found and (said.outcome is Outcome.CHOOSE or not (is_postal(text) or spoke_of_post(state))):
            return None
        if topic is Topic.OPTIONS and Aspect.POST.value in said.state.asked:
            return None  # The answer told it.
        return Heard(topic_flow(topic, text, today), said.state if named else state)

    def _named(self, read: Understanding) -> bool:
        return bool(read.procedure_codes) or read.scores.get("naming", 0.0) >= self.limits.naming

    def _of(self, read: Understanding, state: ConversationState, text: str) -> Heard | None:
        """Take the procedure that a message about the post names with it, where it names one clearly."""
        decision = decide(read, self.limits)
        if decision.outcome is not Outcome.ANSWERED:
            return None
        code = decision.services[0].codes[0]
        return Heard(Meant(POSTAL, text), msgspec.structs.replace(state, procedure=code))

    def names_procedure(self, rest: str) -> bool:
        """Tell whether words behind the command are a procedure's name rather than a question about the post."""
        return bool(rest) and topic_of(rest) is None and not only_postal(rest)
