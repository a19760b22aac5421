"""What goes with every answer: who is speaking, which language the facts are in, and whether it was useful."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

from bot.channels.contract import Choice, Inbound, Reply
from bot.dialogue.commands import menu
from bot.dialogue.flows.usefulness import rating_reply
from bot.dialogue.said import Said
from bot.dialogue.state import ConversationState
from bot.dialogue.texts import Texts
from nlu.decision import Outcome

REMEMBERED = 8
"""Procedures of which it is remembered that their answer was put to the vote."""
IGNORED = 2
"""Questions in a row without a vote after which it is asked no more: who does not care to vote is not to be bothered."""
_FACTS = frozenset({Outcome.ANSWERED, Outcome.DETAILS_MISSING})


@dataclass(frozen=True)
class Manners:
    """How the assistant behaves, whatever is asked."""

    texts: Texts
    pause: timedelta = timedelta(minutes=30)
    """How long it says nothing after a person of the agency wrote."""
    introduced: frozenset[str] = frozenset()
    """Channels whose page says itself that a machine answers."""
    rates: bool = True
    """Whether answers are put to the vote."""

    def silent_until(self, at: datetime) -> int:
        """Return when a pause ends that begins now."""
        return int((at + self.pause).timestamp())

    def addressed(self, state: ConversationState, inbound: Inbound) -> ConversationState:
        """Return the state in which a turn begins: a new conversation on our own page is in that page's language."""
        if state.turns or inbound.locale != "en" or inbound.ref.channel not in self.introduced:
            return state
        return msgspec.structs.replace(state, language=inbound.locale)

    def greeting(self, texts: Texts) -> Reply:
        """Say who is speaking and what can be asked; the other language is one tap away."""
        other = "en" if texts.language == "vi" else "vi"
        choices = (
            Choice("do:help", texts.render("utter_button_help")),
            Choice(f"do:language:{other}", texts.render(f"utter_button_{other}")),
        )
        return Reply(texts.render("utter_greet"), choices)

    def now_speaking(self, language: str) -> Reply:
        """Say in which language the answers are from now on; one tap undoes it."""
        texts = self.texts.speaking(language)
        other = "vi" if language == "en" else "en"
        key = "utter_now_english" if language == "en" else "utter_now_vietnamese"
        return Reply(texts.render(key), (Choice(f"do:language:{other}", texts.render(f"utter_button_{other}")),))

    def commands(self, texts: Texts) -> Reply:
        """Say that a command does not exist, and which there are."""
        lines = [f"- /{one.name} – {texts.render(one.describes)}" for one in menu()]
        return Reply("\n".join((texts.render("utter_unknown_command"), *lines)))

    def polite(self, before: ConversationState, inbound: Inbound, said: Said) -> Said:
        """Add what belongs to an answer and was not said yet."""
        if said.outcome is Outcome.EMERGENCY or not said.replies:
            return said
        texts = self.texts.speaking(said.state.language)
        if not (before.greeted or said.state.greeted or inbound.ref.channel in self.introduced):
            first = replace(said.replies[0], text=f"{texts.render('utter_intro')}\n\n{said.replies[0].text}")
            state = msgspec.structs.replace(said.state, greeted=True)
            said = replace(said, replies=(first, *said.replies[1:]), state=state)
        if said.outcome in _FACTS and texts.language != "vi":
            last = said.replies[-1]
            noted = replace(last, text=f"{last.text}\n\n{texts.render('utter_catalogue_vietnamese')}")
            said = replace(said, replies=(*said.replies[:-1], noted))
        return self._put_to_the_vote(said, texts)

    def _put_to_the_vote(self, said: Said, texts: Texts) -> Said:
        """Ask after the first answer about a procedure whether it was useful, and not while a flow waits."""
        state = said.state
        code = state.procedure
        if not self.rates or said.outcome is not Outcome.ANSWERED or not code or code in state.rated or state.flows:
            return said
        ignored = state.ignored_votes + 1 if state.to_rate else 0
        if ignored >= IGNORED:
            return said
        rated = (*state.rated, code)[-REMEMBERED:]
        after = msgspec.structs.replace(state, rated=rated, to_rate=code, ignored_votes=ignored)
        return replace(said, replies=(*said.replies, rating_reply(texts, code)), state=after)
