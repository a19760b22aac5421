"""Publishes a redacted question with its answer, and takes it off the pages again; the sender's data never get that far."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, Role
from feedback.case import Case
from feedback.errors import FeedbackError
from feedback.publication.item import HiddenWhy, Published
from feedback.publication.redaction import Known, KnownKind, Mask, Suggested, fold_letters, suggest, tells_of
from feedback.publication.store import PublicationStore
from feedback.record import Book, Sender
from feedback.register_store import RegisterStore

_WIDE = re.compile(r"(?:xa|phuong|thi tran|thi xa|quan|huyen|dac khu|thanh pho|tp\.?|tinh)\s|viet nam")
"""How the wide parts of an address begin."""
SLUG_LETTERS = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
PREPARES = (Role.RECEIVER, Role.HANDLER, Role.APPROVER)


class StillTellsError(FeedbackError):
    """The redacted text still tells who the sender is; the places are given, the words are not."""

    def __init__(self, part: str, masks: Sequence[Mask]) -> None:
        """Take which part of the item it is, and where."""
        places = ", ".join(f"{mask.start}-{mask.end}" for mask in masks)
        super().__init__(f"the {part} still tells who the sender is (signs {places}); mask these parts too")
        self.masks = tuple(masks)


class PublishesRecords(Protocol):
    """The steps of the register that go with it; they check roles and the state machine, and tell the sender."""

    async def publish(self, session: AsyncSession, actor: Actor, record_id: int, link: str, at: datetime) -> Case:
        """Note that it is public, with its permanent link."""
        ...

    async def hide(self, session: AsyncSession, actor: Actor, record_id: int, why: str, at: datetime) -> Case:
        """Note that it was taken off again."""
        ...


@dataclass(frozen=True)
class Redacted:
    """What an official wants to publish."""

    question: str
    answer: str


@dataclass(frozen=True)
class Proposal:
    """What an official looks through before."""

    question: Suggested
    answer: Suggested


async def _nothing(_: AsyncSession, __: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Publishing:
    """Publication of one installation."""

    store: PublicationStore
    register: RegisterStore
    steps: PublishesRecords
    public_url: str = ""
    reworded: Callable[[AsyncSession, int], Awaitable[None]] = _nothing
    """Called when a public item's words changed without a step."""
    new_slug: Callable[[], str] = lambda: "".join(secrets.choice(_ALPHABET) for _ in range(SLUG_LETTERS))

    async def propose(self, session: AsyncSession, actor: Actor, record_id: int, answer: str) -> Proposal:
        """Suggest what to take out of a record's question and of its answer."""
        actor.require(*PREPARES)
        case = await self.register.get(session, record_id)
        known = await self._known(session, case)
        return Proposal(suggest(_question(case), known), suggest(answer, known))

    async def publish(
        self, session: AsyncSession, actor: Actor, record_id: int, redacted: Redacted, at: datetime
    ) -> Published:
        """Publish an item, or the same one with other words.

        Raises:
            NotAllowedError: only who approves publishes.
            StillTellsError: see there.
            TransitionError: the record is not waiting for publication.
        """
        actor.require(Role.APPROVER)
        case = await self.register.get(session, record_id)
        await self._check(session, case, redacted)
        there = await self.store.of_record(session, record_id)
        slug = there.slug if there else self.new_slug()
        item = _item(case, slug, redacted, at)
        shown = there is not None and there.hidden_at is None
        if there is not None and shown:
            item = replace(item, published_at=there.published_at)
        # Before the step: whoever follows it finds the item as it is now.
        await self.store.put(session, item)
        if not shown:
            await self.steps.publish(session, actor, record_id, self.link(slug), at)
        else:
            await self.reworded(session, record_id)
        return item

    async def hide(self, session: AsyncSession, actor: Actor, record_id: int, why: HiddenWhy, at: datetime) -> None:
        """Take an item off the pages: its words go, its link says that it is gone and why.

        Raises:
            NotAllowedError: only who approves hides.
            TransitionError: the record is not published.
        """
        actor.require(Role.APPROVER)
        # Before the step: whoever follows it finds the item gone.
        await self.store.hide(session, record_id, why, at)
        await self.steps.hide(session, actor, record_id, why.value, at)

    def link(self, slug: str) -> str:
        """Return an item's permanent address."""
        return f"{self.public_url}/phan-anh/{slug}"

    async def _check(self, session: AsyncSession, case: Case, redacted: Redacted) -> None:
        if not redacted.question.strip() or not redacted.answer.strip():
            raise FeedbackError("an item needs a question and an answer")
        known = await self._known(session, case)
        for part, text in (("question", redacted.question), ("answer", redacted.answer)):
            found = tells_of(text, known)
            if found:
                raise StillTellsError(part, found)

    async def _known(self, session: AsyncSession, case: Case) -> Sequence[Known]:
        own = known_of((await self.register.sender(session, case)).sender)
        return [*own, Known(case.receipt), *([Known(case.matter.dossier_code)] if case.matter.dossier_code else ())]


def known_of(sender: Sender) -> Sequence[Known]:
    """Return what tells who a sender is: the name, the number, the e-mail address, and the parts of the address."""
    parts = [part.strip() for part in re.split(r"[,;\n]", sender.address)]
    # The commune and the province are in the agency's own name: they tell nobody apart.
    near = [part for part in parts if part and not _WIDE.match(fold_letters(part))]
    words = [Known(text) for text in (sender.name, sender.email, *near) if text.strip()]
    return [*words, Known(sender.phone, KnownKind.NUMBER)] if sender.phone else words


def _question(case: Case) -> str:
    proposal = case.matter.proposal.strip()
    return f"{case.matter.text}\n\n{proposal}" if proposal else case.matter.text


def _item(case: Case, slug: str, redacted: Redacted, at: datetime) -> Published:
    return Published(
        record=case.id,
        slug=slug,
        question=redacted.question.strip(),
        answer=redacted.answer.strip(),
        published_at=at,
        updated_at=at,
        procedure_code=case.matter.procedure_code,
        procedure_name=case.matter.procedure_name,
        field=case.field,
        agency=case.matter.agency,
        category=int(case.category) if case.category else None,
        trial=case.book is Book.TRIAL,
        sample=case.sample,
    )
