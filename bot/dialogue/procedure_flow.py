"""The flow that answers questions about procedures: one clear answer, a choice, or an honest "not known"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import msgspec

from bot.channels.contract import Choice, Reply
from bot.dialogue.asking_back import AskingBack
from bot.dialogue.choices import choose
from bot.dialogue.flows.paper_list import begins_list
from bot.dialogue.ports import Catalogue
from bot.dialogue.said import Said
from bot.dialogue.say_answer import AnswerVoice
from bot.dialogue.state import ConversationState, waiting_aspects, without_options
from bot.dialogue.texts import Texts
from bot.dialogue.titles import short_titles
from nlu.answers.build import build_answer, passport
from nlu.answers.proxy import asks_for_proxy
from nlu.catalogue.model import Detail, Procedure, base_code
from nlu.decision import Outcome, Service, Thresholds, decide, in_scope, names_another, other_service
from nlu.understanding import Aspect, Intent, Understanding

NEW_GOVERNMENT = "2025-07"
"""Month from which there are two levels of local government: a record from before is the last resort."""
MOST_ASPECTS = 4
"""Aspects answered in one turn; who asks for more gets an overview with buttons."""


class SaysPost(Protocol):
    """Says what the post can do for a procedure."""

    def speaking(self, texts: Texts) -> SaysPost:
        """Return the same in another language."""
        ...

    def options(self, procedure: Procedure) -> Reply:
        """Say what it can carry."""
        ...


@dataclass(frozen=True)
class ProcedureFlow:
    """Answers from the live catalogue."""

    catalogue: Catalogue
    texts: Texts
    voice: AnswerVoice
    limits: Thresholds
    today: Callable[[], date]
    stale_after_days: int
    post: SaysPost | None = None
    """Answers what the post can do; ``None`` where that is read from the record alone."""

    @property
    def asking(self) -> AskingBack:
        """Asks back which procedure is meant."""
        return AskingBack(self.catalogue, self.texts)

    async def offer(
        self, state: ConversationState, services: Sequence[Service], aspects: Sequence[Aspect], text: str = ""
    ) -> Said:
        """Ask which of a few services is meant; what the message ``text`` says already is not asked."""
        return await self.asking.offer(state, [service.codes[0] for service in services], aspects, text)

    async def ask(self, state: ConversationState, read: Understanding) -> Said:
        """Answer a message that may ask about a procedure."""
        if read.procedure_codes:
            return await self.by_code(state, read.procedure_codes[0], read.aspects)
        if state.procedure and not names_another(read, state.procedure, self.limits):
            if not read.aspects and not in_scope(read, self.limits) and read.intent is not Intent.ASK_PROCEDURE:
                return self._lost(state)
            proxy = asks_for_proxy(
                read.text
            )  # its words ("làm hộ", "ủy quyền") name services of their own: none is offered
            other = None if proxy else other_service(read, state.procedure, self.limits)
            return await self.answer(state, (state.procedure,), read.aspects, other, proxy=proxy)
        decision = decide(read, self.limits)
        aspects = read.aspects or _still_asked(state)
        if decision.outcome is Outcome.ANSWERED:
            return await self.answer(state, decision.services[0].codes, aspects, proxy=asks_for_proxy(read.text))
        if decision.outcome is Outcome.CHOOSE and decision.services:
            return await self.offer(state, decision.services, aspects, read.text)
        if decision.outcome is Outcome.CHOOSE:
            asked = self._plain(state, "utter_which_procedure", Outcome.CHOOSE)
            waiting = msgspec.structs.replace(asked.state, aspects=tuple(aspect.value for aspect in aspects))
            return Said(asked.replies, waiting, Outcome.CHOOSE)
        key = "utter_not_in_catalogue" if decision.outcome is Outcome.NOT_IN_CATALOGUE else "utter_declined"
        return self._plain(state, key, decision.outcome)

    def _lost(self, state: ConversationState) -> Said:
        """Say that a message was not understood, and offer what may be asked about the procedure under discussion."""
        buttons = self.voice.aspect_choices(state.procedure, ())
        reply = Reply(self.texts.render("utter_declined"), tuple(buttons))
        return Said((reply,), without_options(state), Outcome.DECLINED)

    async def by_code(self, state: ConversationState, code: str, aspects: Sequence[Aspect]) -> Said:
        """Answer for a code that was typed or tapped."""
        for known in dict.fromkeys((code, base_code(code))):
            if await self.catalogue.get(known) is not None:
                return await self.answer(state, (known,), aspects)
        reply = Reply(self.texts.render("utter_unknown_code", code=code))
        return Said((reply,), without_options(state), Outcome.NOT_IN_CATALOGUE)

    async def answer(
        self,
        state: ConversationState,
        codes: Sequence[str],
        aspects: Sequence[Aspect],
        other: Service | None = None,
        *,
        proxy: bool = False,
    ) -> Said:
        """Answer about one service.

        Args:
            state: of the conversation.
            codes: the service's procedures, the likeliest first.
            aspects: asked for.
            other: a service that may have been meant instead; offered as a button.
            proxy: whether it is asked if somebody else may do it.
        """
        known = await self.catalogue.get_many(codes)
        if not known:
            return self._plain(state, "utter_not_in_catalogue", Outcome.NOT_IN_CATALOGUE)
        # What is switched off for one code of a service is off for all: no other record of it may answer instead.
        chosen = next((one for one in known if one.withholds()), None) or min(known, key=_second_choice)
        asked = tuple(aspect.value for aspect in aspects)
        kept = msgspec.structs.replace(without_options(state), procedure=chosen.code, asked=asked)
        withheld = chosen.withholds()
        if withheld is None and self.post is not None and tuple(aspects) == (Aspect.POST,):
            return Said((self.post.options(chosen),), kept, Outcome.ANSWERED, (chosen.code,))
        if withheld is not None or chosen.detail is Detail.LISTING:
            silent = self.voice.kept_back_whole(chosen, withheld) if withheld else self._details_missing(chosen)
            return Said((silent,), kept, Outcome.DETAILS_MISSING, (chosen.code,))
        answer = build_answer(chosen, aspects[:MOST_ASPECTS], self.today(), self.stale_after_days, proxy=proxy)
        replies = self.voice.replies(answer, len(chosen.methods), self._beside(chosen, known, other))
        return Said(replies, kept, Outcome.ANSWERED, (chosen.code,))

    def _beside(self, chosen: Procedure, known: Sequence[Procedure], other: Service | None) -> list[Choice]:
        """Return what is offered beneath an answer: the same at other levels, the own list of papers, another service."""
        others = [one for one in known if one.code != chosen.code and one.levels and one.levels != chosen.levels]
        extra = [
            Choice(choose(one.code), self.texts.render("utter_also_at", levels=self.asking.levels(one)))
            for one in others[:2]
        ]
        listed = begins_list(chosen, self.texts)
        if listed is not None:
            extra.append(listed)
        if other is not None:
            title = self.texts.render("utter_or_did_you_mean", name=short_titles([other.name])[0])
            extra.append(Choice(choose(other.codes[0]), title))
        return extra

    def _details_missing(self, procedure: Procedure) -> Reply:
        render = self.texts.render
        agencies = "; ".join(procedure.agencies)
        where = render("utter_details_missing_agency", agencies=agencies) if agencies else ""
        who = render("utter_who_agency" if agencies else "utter_who_default")
        text = render("utter_details_missing", name=procedure.name, agency_part=where, who=who)
        paper = passport(procedure, self.today(), self.stale_after_days)
        link = (Choice("", render("utter_button_page"), paper.url),) if paper.url else ()
        return Reply(f"{text}\n\n{self.voice.passport(paper)}", link)

    def _plain(self, state: ConversationState, key: str, outcome: Outcome) -> Said:
        return Said((Reply(self.texts.render(key)),), without_options(state), outcome)


def _second_choice(procedure: Procedure) -> tuple[bool, bool, bool]:
    """Tell what speaks against answering from a record when the same service has others; false goes first."""
    return (
        procedure.detail is Detail.LISTING,
        procedure.code != base_code(procedure.code),
        procedure.as_of < NEW_GOVERNMENT,
    )


def _still_asked(state: ConversationState) -> tuple[Aspect, ...]:
    """Return what was asked before the citizen was asked back which procedure is meant."""
    return () if state.options else waiting_aspects(state)
