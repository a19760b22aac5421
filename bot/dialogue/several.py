"""Answers a message that asks about two services at once: a short block for each, the rest as buttons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from bot.channels.contract import Choice, Reply
from bot.dialogue.choices import choose
from bot.dialogue.ports import ReadsMessages
from bot.dialogue.procedure_flow import ProcedureFlow
from bot.dialogue.said import Said
from bot.dialogue.state import ConversationState, Option
from bot.dialogue.titles import short_titles
from nlu.asked import all_asked
from nlu.aspects import cue_aspects
from nlu.catalogue.model import base_code
from nlu.decision import Outcome, Service, decide, services
from nlu.splitting import split_services
from nlu.understanding import Aspect, Understanding

BLOCKS = 2
"""Services answered in one turn; more would be a wall of text."""
NAMES = 0.5
"""Confidence from which a part of a message names a service itself."""
COMPOUND = 0.15
"""Share from which a service that the whole message fits is offered beside those of its parts ("liên thông")."""
VAGUE = 0.95
"""Confidence that a clerk would ask back from which a part names no service: above the line for a message that names one only."""


@dataclass(frozen=True)
class Part:
    """A part of a message with the service that it clearly names."""

    service: Service
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True)
class Several:
    """Answers two services in one message."""

    procedures: ProcedureFlow
    reader: ReadsMessages

    async def answer(self, state: ConversationState, read: Understanding) -> Said | None:
        """Answer both services that a message names, ``None`` when it does not clearly name two."""
        parts = await self._parts(read)
        if len(parts) < 2:
            return None
        shared = next((part.aspects for part in reversed(parts) if part.aspects), ())
        said = [
            await self.procedures.answer(state, part.service.codes, part.aspects or shared) for part in parts[:BLOCKS]
        ]
        if any(one.outcome not in (Outcome.ANSWERED, Outcome.DETAILS_MISSING) for one in said):
            return None
        names = short_titles([part.service.name for part in parts[:BLOCKS]])
        return self._joined(_told_apart(said, names), self._more(read, parts))

    async def _parts(self, read: Understanding) -> list[Part]:
        """Return the parts of which each on its own clearly names another service."""
        found: list[Part] = []
        for text in split_services(read.text):
            part = await self.reader.read(text)
            decision = decide(part, replace(self.procedures.limits, ambiguous=VAGUE))
            clear = part.scores.get("naming", 0.0) >= NAMES and not part.intent.out_of_scope
            if not clear or decision.outcome is not Outcome.ANSWERED:
                continue
            service = decision.services[0]
            if not any(_same(service, other.service) for other in found):
                found.append(Part(service, all_asked(text, part.aspects if cue_aspects(text) else ())))
        best = services(read.candidates)[:1]
        # A name with an "and" in it is one service: what the whole message says must be one of its parts' services.
        named = any(_same(best[0], part.service) for part in found) if best else False
        return found if named else []

    def _more(self, read: Understanding, parts: Sequence[Part]) -> list[Choice]:
        """Return buttons for the services that were not answered, and for one that does all in one go."""
        rest = [part.service for part in parts[BLOCKS:]]
        rest += [
            one
            for one in services(read.candidates)[:3]
            if one.share >= COMPOUND and not any(_same(one, part.service) for part in parts)
        ][:1]
        titles = short_titles([one.name for one in rest])
        return [
            Choice(choose(one.codes[0]), self.procedures.texts.render("utter_also_asked", name=title))
            for one, title in zip(rest, titles, strict=True)
        ]

    def _joined(self, said: Sequence[Said], more: Sequence[Choice]) -> Said:
        """Put the blocks one after the other; the first stays under discussion, and both can be chosen."""
        replies = [reply for one in said for reply in one.replies]
        last = replies[-1]
        replies[-1] = Reply(last.text, (*last.choices, *more))
        names = {code: one for one in said for code in one.codes}
        options = tuple(Option(choose(code), self._title(one)) for code, one in names.items())
        state = msgspec.structs.replace(said[0].state, options=options)
        outcome = Outcome.ANSWERED if any(one.outcome is Outcome.ANSWERED for one in said) else said[0].outcome
        return replace(said[0], replies=tuple(replies), state=state, outcome=outcome, codes=tuple(names))

    def _title(self, said: Said) -> str:
        """Return the name that a block begins with."""
        return said.replies[0].text.split("\n", 1)[0].strip("*")


def _told_apart(said: Sequence[Said], names: Sequence[str]) -> list[Said]:
    """Add the service's name to a button that stands beneath both blocks, and keep what opens the same for both once."""
    of_blocks = [[choice for reply in one.replies for choice in reply.choices] for one in said]
    titles = Counter(title for block in of_blocks for title in {choice.title for choice in block})
    ids = Counter(choice.id for block in of_blocks for choice in block if choice.id)

    def renamed(reply: Reply, name: str, *, last: bool) -> Reply:
        kept = [one for one in reply.choices if last or not one.id or ids[one.id] == 1]
        shared = [
            replace(one, title=f"{one.title}: {name}") if titles[one.title] > 1 and ids[one.id] == 1 else one
            for one in kept
        ]
        return replace(reply, choices=tuple(shared))

    return [
        replace(one, replies=tuple(renamed(reply, name, last=one is said[-1]) for reply in one.replies))
        for one, name in zip(said, names, strict=True)
    ]


def _same(one: Service, other: Service) -> bool:
    return bool({base_code(code) for code in one.codes} & {base_code(code) for code in other.codes})
