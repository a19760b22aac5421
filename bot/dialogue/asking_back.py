"""Asks back which of a few procedures is meant, by what tells them apart, and understands the answer in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from bot.channels.contract import Choice, Reply
from bot.dialogue.choices import NONE_OF_THESE, choose, read_choice
from bot.dialogue.ports import Catalogue
from bot.dialogue.said import Said
from bot.dialogue.state import ConversationState, Option
from bot.dialogue.texts import Texts
from bot.dialogue.titles import short_titles
from nlu.ages import age_fits, age_said
from nlu.asked import without_cues
from nlu.catalogue.model import Procedure
from nlu.corrections import read_correction, wish_of
from nlu.decision import Outcome
from nlu.difference_words import Dimension
from nlu.differences import Wish, ages, closeness, narrowed, profile, read_wish, same_subject, telling_apart
from nlu.understanding import Aspect

CLOSE = 0.5
"""Share of common words from which two names are about one thing, to which different things are done."""
_ORDER: dict[Dimension, tuple[str, ...]] = {
    Dimension.ACTION: ("first", "exchange", "again", "amend", "extend", "pause", "end", "copy"),
    Dimension.FOREIGN: ("domestic", "foreign"),
    Dimension.AGE: ("over", "under"),
    Dimension.COMPANY: ("one", "several", "shares", "partners", "private"),
    Dimension.WHO: ("person", "household", "company", "organisation"),
    Dimension.WAY: ("online", "counter"),
    Dimension.LEVEL: ("commune", "province", "central"),
}
"""In which order the values are named in a question: what most people mean first."""


@dataclass(frozen=True)
class AskingBack:
    """Offers a choice with a question that a clerk would ask."""

    catalogue: Catalogue
    texts: Texts

    async def offer(
        self, state: ConversationState, codes: Sequence[str], aspects: Sequence[Aspect], text: str = ""
    ) -> Said:
        """Ask which procedure is meant.

        Args:
            state: of the conversation.
            codes: of the procedures offered, the likeliest first; one for each service.
            aspects: asked for; they wait for the choice.
            text: the message; what it says already is not asked.
        """
        known = await self.catalogue.get_many(codes)
        question = self.question(known, read_wish(without_cues(text)))
        return self.offer_these(state, known, self.titles(known), question, aspects)

    def offer_these(
        self,
        state: ConversationState,
        procedures: Sequence[Procedure],
        titles: Sequence[str],
        question: str,
        aspects: Sequence[Aspect],
    ) -> Said:
        """Ask a question with numbered buttons."""
        options = tuple(Option(choose(one.code), title) for one, title in zip(procedures, titles, strict=True))
        choices = [Choice(option.id, f"{number}. {option.title}") for number, option in enumerate(options, start=1)]
        choices.append(Choice(NONE_OF_THESE, self.texts.render("utter_choose_none")))
        after = msgspec.structs.replace(state, options=options, aspects=tuple(aspect.value for aspect in aspects))
        codes = tuple(one.code for one in procedures)
        return Said((Reply(question, tuple(choices)),), after, Outcome.CHOOSE, codes)

    async def meant(self, state: ConversationState, text: str) -> tuple[Procedure, ...]:
        """Return those of the offered procedures that an answer in words means; none for a message of its own."""
        titles = {picked.code: one.title for one in state.options if (picked := read_choice(one.id)) and picked.code}
        offered = await self.catalogue.get_many(list(titles))
        correction = read_correction(text)
        wish = wish_of(correction) if correction else read_wish(without_cues(text))
        found = narrowed(wish, offered, [titles[one.code] for one in offered])
        return found or _of_age(text, offered)

    def question(self, procedures: Sequence[Procedure], wish: Wish) -> str:
        """Return the question that tells the procedures apart; a plain one where nothing does that is not said already."""
        render = self.texts.render
        if len(procedures) == 1:
            return render("utter_choose_one")
        family = [one for one in procedures if same_subject(one.name, procedures[0].name)]
        told = set(wish.wanted)
        if any(closeness(one.name, family[0].name) < CLOSE for one in family):
            told |= {Dimension.ACTION, Dimension.LEVEL}  # questions about one thing
        profiles = [{one: values for one, values in profile(each).items() if one not in told} for each in family]
        apart = telling_apart(profiles)
        if not apart:
            return render("utter_choose")
        asked = [render(f"utter_ask_{one}", values=self._values(family, one)) for one in apart]
        if len(family) < len(procedures):
            asked.append(render("utter_choose_other"))
        return " ".join([*asked, render("utter_choose_how")])

    def _values(self, family: Sequence[Procedure], dimension: Dimension) -> str:
        present = {value for one in family for value in profile(one)[dimension]}
        age = min((age for one in family for age in ages(one.name)), default=0)
        said = [
            self.texts.render(f"utter_differ_{dimension}_{value}", age=age)
            for value in _ORDER[dimension]
            if value in present
        ]
        return self.texts.render("utter_or", first=", ".join(said[:-1]), last=said[-1])

    def titles(self, procedures: Sequence[Procedure]) -> list[str]:
        """Return the titles to offer; where the names begin alike, the level tells them apart."""
        titles = short_titles([one.name for one in procedures])
        begins = [one.name[:40].lower() for one in procedures]
        told = []
        for one, title, begin in zip(procedures, titles, begins, strict=True):
            alike = {other.levels for other, begun in zip(procedures, begins, strict=True) if begun == begin}
            told.append(f"{title} ({self.levels(one)})" if len(alike) > 1 and one.levels else title)
        return told

    def levels(self, procedure: Procedure) -> str:
        """Name the levels of a procedure."""
        return ", ".join(self.texts.render(f"utter_level_{level}") for level in procedure.levels)


def _of_age(text: str, offered: Sequence[Procedure]) -> tuple[Procedure, ...]:
    """Return those of the offered procedures that are for the age that an answer names, and nothing but that."""
    said = age_said(text)
    if said is None or read_wish(without_cues(said.rest)).rest:
        return ()
    fitting = tuple(one for one in offered if age_fits(one.name, said.years))
    return fitting if len(fitting) < len(offered) else ()
