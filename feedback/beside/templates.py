"""Templates tied to a step and to what a record is about; what they name in braces is filled in from the record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, Role
from feedback.beside.tables import NAME
from feedback.beside.template_store import Template, TemplateStore
from feedback.case import Case
from feedback.errors import FeedbackError
from feedback.record import About
from feedback.transitions import Action

LONGEST = 6000
ACTIONS = (Action.DRAFT, Action.ASK_SUPPLEMENT, Action.REFUSE, Action.REDIRECT, Action.FORWARD)
"""Steps whose words senders read."""
PLACES = ("so_bien_nhan", "so_vao_so", "ngay_gui", "han_tra_loi", "so_ngay", "don_vi", "thu_tuc", "co_quan")
"""What a template may name; how each is said, the caller knows."""
_NAMED = re.compile(r"\{([^{}]*)\}")


class TemplateError(FeedbackError):
    """A template that cannot be used; the message names every fault."""


class TemplateOvertakenError(FeedbackError):
    """Somebody else changed or deleted a template meanwhile."""


@dataclass(frozen=True)
class Templates:
    """The templates of one office."""

    store: TemplateStore

    async def fitting(self, session: AsyncSession, case: Case, action: Action) -> Sequence[Template]:
        """Return the templates of a step that fit a record, those for just its category first."""
        fitting = [one for one in await self.store.all(session, action) if fits(one, case)]
        return sorted(fitting, key=lambda one: (one.category is None, one.about is None))

    async def put(self, session: AsyncSession, actor: Actor, one: Template, at: datetime) -> None:
        """Keep a template.

        Raises:
            NotAllowedError: neither an administrator nor an approver.
            TemplateError: it has faults.
            TemplateOvertakenError: it is no longer what was before the actor's eyes.
        """
        actor.require(Role.ADMIN, Role.APPROVER)
        found = [*faults(one)]
        if found:
            raise TemplateError("; ".join(found))
        if not await self.store.put(session, one, actor.id, at):
            raise TemplateOvertakenError(f"template {one.id} is no longer at revision {one.revision}")

    async def drop(self, session: AsyncSession, actor: Actor, id: int) -> Template | None:
        """Delete a template and return it; ``None`` when it was not there.

        Raises:
            NotAllowedError: neither an administrator nor an approver.
        """
        actor.require(Role.ADMIN, Role.APPROVER)
        return await self.store.drop(session, id)


def fits(one: Template, case: Case) -> bool:
    """Tell whether a template is for records such as this one."""
    about = one.about is None or case.about in (one.about, About.BOTH)
    return about and one.category in (None, case.category)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a template's text with what is known of the record; a value that is empty leaves its name, to be seen and written."""
    return _NAMED.sub(lambda found: values.get(found[1]) or found[0], text)


def left(text: str) -> tuple[str, ...]:
    """Return the names in a text that nobody has filled in."""
    return tuple(dict.fromkeys(name for name in _NAMED.findall(text) if name in PLACES))


def faults(one: Template) -> Iterator[str]:
    """Give what keeps a template from being used."""
    if not one.name.strip() or len(one.name) > NAME:
        yield f"the name needs 1 to {NAME} signs"
    if not one.text.strip() or len(one.text) > LONGEST:
        yield f"the text needs 1 to {LONGEST} signs"
    if one.action not in ACTIONS:
        yield f"{one.action} has no words"
    unknown: Iterable[str] = (name for name in _NAMED.findall(one.text) if name not in PLACES)
    yield from (f"{{{name}}} is nothing that can be filled in" for name in dict.fromkeys(unknown))
