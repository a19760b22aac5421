"""Goes on for somebody of another age ("thế còn bé 15 tuổi"): the procedure for that age, or the case in this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.channels.contract import Choice, Reply
from bot.dialogue.flows.paper_list import Wanted
from bot.dialogue.ports import ReadsMessages
from bot.dialogue.procedure_flow import ProcedureFlow
from bot.dialogue.said import Said
from bot.dialogue.state import ConversationState
from bot.dialogue.titles import short_titles
from nlu.ages import age_fits
from nlu.answers.checklist import cases_of
from nlu.catalogue.model import Procedure
from nlu.difference_words import Dimension
from nlu.differences import bare_name, profile, same_subject
from nlu.understanding import Aspect

OFFERED = 4
"""Procedures for one age that are offered when several fit."""
_LINES = "người dưới tuổi từ đủ tuổi"
"""Words of names that draw a line at an age; with them the search finds both sides of it."""


@dataclass(frozen=True)
class ByAge:
    """Answers about a procedure for somebody's age."""

    procedures: ProcedureFlow
    reader: ReadsMessages

    async def answer(self, state: ConversationState, base: Procedure, years: int, asked: Sequence[Aspect]) -> Said:
        """Answer for an age.

        Args:
            state: of the conversation.
            base: what is under discussion, or its sibling that the message names beside the age.
            years: the age.
            asked: aspects.
        """
        fits = age_fits(base.name, years)
        if fits is False:
            return await self._other_side(state, base, years, asked)
        said = await self.procedures.answer(state, (base.code,), asked)
        note = None if fits else self._note(base, years)
        return replace(said, replies=(note, *said.replies)) if note else said

    async def _other_side(self, state: ConversationState, base: Procedure, years: int, asked: Sequence[Aspect]) -> Said:
        """Answer for the procedure on the other side of the line that the present one draws."""
        read = await self.reader.read(f"{bare_name(base.name)} {_LINES}")
        known = {one.code: one for one in await self.procedures.catalogue.get_many([c.code for c in read.candidates])}
        found = [
            one.codes
            for one in read.candidates
            if (named := known.get(one.code)) is not None
            and same_subject(named.name, base.name)
            and age_fits(named.name, years)
            and _is_done_alike(named, base)
        ]
        if len(found) == 1:
            return await self.procedures.answer(state, found[0], asked)
        if found:
            return await self.procedures.asking.offer(state, [codes[0] for codes in found[:OFFERED]], asked)
        said = await self.procedures.answer(state, (base.code,), asked)
        return replace(said, replies=(Reply(self.procedures.texts.render("utter_no_sibling")), *said.replies))

    def _note(self, procedure: Procedure, years: int) -> Reply | None:
        """Say which cases of the record are for that age, or that it has none; nothing where its papers speak of ages."""
        render = self.procedures.texts.render
        who = render("utter_age_of" if years else "utter_age_baby", age=years)
        cases = [(at, case.title) for at, case in enumerate(cases_of(procedure)) if age_fits(case.title, years)]
        if cases:
            titles = short_titles([title.rstrip(" :.") for _, title in cases])
            buttons = [
                Choice(Wanted(procedure.code, case=str(at)).id, title)
                for (at, _), title in zip(cases, titles, strict=True)
            ]
            named = "; ".join(f"“{title}”" for title in titles)
            return Reply(render("utter_age_case", who=who, cases=named), tuple(buttons))
        papers = [paper.name for case in procedure.cases for paper in case.papers]
        spoken = any(age_fits(name, years) is not None for name in papers)
        return None if spoken else Reply(render("utter_age_none", who=who))


def _is_done_alike(one: Procedure, other: Procedure) -> bool:
    mine, theirs = profile(one), profile(other)
    return all(mine.get(each) == theirs.get(each) for each in (Dimension.ACTION, Dimension.FOREIGN))
