"""Opens the list of a whole field (lĩnh vực) when a message names nothing more than that."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.asking_back import AskingBack
from bot.dialogue.said import Said
from bot.dialogue.state import ConversationState
from nlu.aspects import cue_aspects
from nlu.catalogue.model import Procedure
from nlu.fields import Field, Fields
from nlu.understanding import Aspect

LISTED = 8
"""Procedures in a list: what fits a phone without scrolling far."""
FEW = 4
"""Below so many popular procedures in the live catalogue the list is filled up with others of the field."""

WAITING = (Aspect.FEE, Aspect.TIME, Aspect.WHERE, Aspect.HOW_ONLINE, Aspect.POST)
"""Aspects that wait for the choice; "giấy tờ" in "giấy tờ xe" asks for no papers."""


@dataclass(frozen=True)
class FieldFlow:
    """Answers "thủ tục đất đai" with what people ask for most in that field."""

    fields: Fields
    asking: AskingBack

    async def open(self, state: ConversationState, text: str) -> Said | None:
        """Return the list of the field that a message names, ``None`` for every other message."""
        busy = bool(state.procedure or state.options)
        field = self.fields.named(text, surely=busy)
        listed = await self._listed(field) if field else []
        if field is None or len(listed) < 2:
            return None
        procedures = [one for one, _ in listed]
        question = self.asking.texts.render("utter_field", field=field.name)
        aspects = [aspect for aspect in cue_aspects(text) if aspect in WAITING]
        return self.asking.offer_these(state, procedures, [title for _, title in listed], question, aspects)

    async def _listed(self, field: Field) -> list[tuple[Procedure, str]]:
        """Return what is offered with its titles: the popular ones that the live catalogue has, in their groups' order."""
        titles = {one.code: one.title for one in field.popular}
        known = list(await self.asking.catalogue.get_many(list(titles)))
        if len(known) < FEW:
            others = await self.asking.catalogue.in_fields(field.fields)
            known.extend(one for one in others if one.code not in titles)
        known = known[:LISTED]
        plain = self.asking.titles(known)
        return [(one, titles.get(one.code, title)) for one, title in zip(known, plain, strict=True)]
