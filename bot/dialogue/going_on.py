"""Goes from the procedure under discussion to one of its kind: "thế cấp lại thì sao", "không, ý tôi là đổi cơ"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.channels.contract import Reply
from bot.dialogue.by_age import ByAge
from bot.dialogue.choices import read_choice
from bot.dialogue.ports import ReadsMessages
from bot.dialogue.procedure_flow import ProcedureFlow
from bot.dialogue.said import Said
from bot.dialogue.state import ConversationState, asked_before, without_options
from nlu.ages import age_said
from nlu.asked import in_order_asked, without_cues
from nlu.aspects import cue_aspects
from nlu.catalogue.model import Procedure, base_code
from nlu.corrections import Correction, is_refusal, read_correction, wish_of
from nlu.decision import Outcome, decide, in_scope, names_another
from nlu.difference_words import SEARCHED, Dimension
from nlu.differences import Wish, bare_name, fits, profile, read_wish, same_subject, subject
from nlu.text import fold, tokens
from nlu.understanding import Aspect, Intent, Understanding

OFFERED = 4
"""Siblings offered when several are what was said."""
SHORT = 3
"""Words of a message that is short enough to be nothing but a difference: "cấp lại", "đổi ạ"."""
_TURNING = re.compile(r"\b(?:the|con|cai|vay|neu|lo|truong hop)\b|thi (?:sao|the nao|nhu the nao|can|phai|o dau|bao)")
"""What turns from one thing to the next: "thế cấp lại thì sao"."""
_MONEY = frozenset({"tien", "phi", "le"})
"""What is left of "hết bao nhiêu tiền" once the words that ask are taken out."""
_KINDS = (Dimension.ACTION, Dimension.FOREIGN, Dimension.AGE, Dimension.COMPANY, Dimension.LEVEL)
"""Dimensions in which a short message may go over to a sibling; "online" asks about the present one."""


@dataclass(frozen=True)
class GoingOn:
    """Understands a message against the procedure under discussion."""

    procedures: ProcedureFlow
    reader: ReadsMessages

    async def answer(self, state: ConversationState, read: Understanding) -> Said | None:
        """Answer a message that goes over to a sibling or corrects what was understood; ``None`` for any other."""
        current = await self._current(state)
        if current is None:
            return None
        if is_refusal(read.text):
            reply = Reply(self.procedures.texts.render("utter_correct"))
            return Said((reply,), without_options(state), Outcome.OTHER_FLOW)
        correction = read_correction(read.text)
        if correction is not None:
            return await self._corrected(state, current, correction)
        aged = await self._aged(state, current, read)
        if aged is not None:
            return aged
        wish = read_wish(without_cues(read.text))
        if not _elliptic(wish, current) or not _turns(read.text, wish):
            return None
        asked = self._aspects(state, read.text)
        found = None if _is(wish, current) else await self._sibling(state, current, wish, asked)
        if found is None and state.procedure and set(wish.wanted) == {Dimension.LEVEL}:
            return await self.procedures.answer(state, (current.code,), (Aspect.WHERE,))
        if found is None and state.procedure and not _is(wish, current):
            return await self._no_sibling(state, current, read, asked)
        return found

    async def _aged(self, state: ConversationState, current: Procedure, read: Understanding) -> Said | None:
        """Answer a message that names nothing new but an age: "thế còn bé 15 tuổi"."""
        said = age_said(read.text) if state.procedure else None
        if said is None:
            return None
        wish = read_wish(without_cues(said.rest))
        if not set(wish.rest) <= {*tokens(current.name), *_MONEY}:
            return None
        differs = any(dimension in wish.wanted for dimension in _KINDS)
        siblings = await self._siblings(current, wish) if differs else ()
        base = siblings[0] if siblings else current
        return await ByAge(self.procedures, self.reader).answer(
            state, base, said.years, self._aspects(state, read.text)
        )

    async def _no_sibling(
        self, state: ConversationState, current: Procedure, read: Understanding, asked: Sequence[Aspect]
    ) -> Said | None:
        """Go on about the present procedure and say so, unless the message names another after all."""
        asks = read.intent in (Intent.ASK_PROCEDURE, Intent.UNKNOWN)
        if not asks or names_another(read, current.code, self.procedures.limits):
            return None
        said = await self.procedures.answer(state, (current.code,), asked)
        note = Reply(self.procedures.texts.render("utter_no_sibling"))
        return replace(said, replies=(note, *said.replies))

    async def _current(self, state: ConversationState) -> Procedure | None:
        """Return what is under discussion: the procedure, or the first one that was offered."""
        picked = read_choice(state.options[0].id) if state.options and not state.procedure else None
        code = state.procedure or (picked.code if picked else "")
        return await self.procedures.catalogue.get(code) if code else None

    def _aspects(self, state: ConversationState, text: str) -> tuple[Aspect, ...]:
        """Return what a short message asks for: its own aspects, or those asked last; "thì sao" asks for none of its own."""
        own = [aspect for aspect in cue_aspects(text) if aspect not in (Aspect.CONDITIONS, Aspect.OVERVIEW)]
        return in_order_asked(text, own) or asked_before(state)

    async def _corrected(self, state: ConversationState, current: Procedure, said: Correction) -> Said | None:
        asked = self._aspects(state, said.wanted)
        wish = wish_of(said)
        if not wish.rest and not wish.wanted:
            own = cue_aspects(said.wanted)
            return await self.procedures.answer(state, (current.code,), own) if own and state.procedure else None
        if not _elliptic(wish, current):
            named = await self._named(state, current, said.wanted, asked)
            if named is not None or not wish.wanted:
                return named
        return await self._sibling(state, current, wish, asked, corrected=True)

    async def _named(
        self, state: ConversationState, current: Procedure, wanted: str, asked: Sequence[Aspect]
    ) -> Said | None:
        """Answer for the service that a correction names itself."""
        read = await self.reader.read(wanted)
        limits = self.procedures.limits
        if not in_scope(read, limits) or read.scores.get("naming", 0.0) < limits.clearly_another:
            return None
        decision = decide(read, limits)
        others = [one for one in decision.services if current.code not in one.codes]
        if decision.outcome is Outcome.ANSWERED and others:
            return await self.procedures.answer(state, others[0].codes, asked)
        sure = read.scores.get("naming", 0.0) >= limits.naming
        if decision.outcome is Outcome.CHOOSE and len(others) > 1 and sure:
            return await self.procedures.offer(state, others, asked)
        return None

    async def _sibling(
        self,
        state: ConversationState,
        current: Procedure,
        wish: Wish,
        asked: Sequence[Aspect],
        *,
        corrected: bool = False,
    ) -> Said | None:
        found = await self._siblings(current, wish)
        if corrected and not _is(wish, current):
            found = [one for one in found if one.code != current.code]
        best = [one for one in found if _likeness(one, current) == _likeness(found[0], current)]
        if not best or best[0].code == current.code:
            return None
        if len(best) == 1:
            return await self.procedures.answer(state, (best[0].code,), asked)
        return await self.procedures.asking.offer(state, [one.code for one in best[:OFFERED]], asked)

    async def _siblings(self, current: Procedure, wish: Wish) -> list[Procedure]:
        """Return procedures on the same subject that are what was said, those most like the present one first."""
        wanted = [SEARCHED[value] for values in wish.wanted.values() for value in sorted(values) if value in SEARCHED]
        read = await self.reader.read(" ".join([*wanted, bare_name(current.name), *wish.rest]))
        codes = list(dict.fromkeys(base_code(one.code) for one in read.candidates))
        known = await self.procedures.catalogue.get_many(codes)
        found = [
            one
            for one in known
            if same_subject(one.name, current.name)
            and fits(wish, one.name, profile(one), _KINDS)
            and set(wish.rest) <= {*tokens(one.name), *tokens(current.name)}
        ]
        return sorted(found, key=lambda one: _likeness(one, current), reverse=True)


def _elliptic(wish: Wish, current: Procedure) -> bool:
    """Tell whether a message names nothing but a difference, or besides it only words of the present procedure."""
    wants = any(dimension in wish.wanted for dimension in _KINDS)
    return wants and set(wish.rest) <= set(tokens(current.name))


def _is(wish: Wish, current: Procedure) -> bool:
    """Tell whether the present procedure is what was said: then the message goes on about it."""
    return fits(wish, current.name, profile(current), _KINDS)


def _turns(text: str, wish: Wish) -> bool:
    """Tell whether a short message turns to another thing, rather than asks about the present one in its words."""
    folded = fold(text)
    return bool(_TURNING.search(folded) or wish.rest) or len(folded.split()) <= SHORT


def _likeness(one: Procedure, current: Procedure) -> tuple[int, int]:
    """Return how like the present procedure another is: who discusses the foreign one means the foreign one.

    First in how many dimensions they are the same, then how few words its subject has that the other's has not.
    """
    mine, theirs = profile(one), profile(current)
    same = sum(mine.get(dimension) == theirs.get(dimension) for dimension in Dimension)
    return same, -len(subject(one.name) - subject(current.name))
