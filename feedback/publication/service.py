"""Publishes a redacted question with its answer, and takes it off the pages again; the sender's data never get that far."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, Role
from feedback.case import Case
from feedback.disclosure import Sight
from feedback.errors import FeedbackError
from feedback.publication.item import HiddenWhy, Published
from feedback.publication.redaction import Known, KnownKind, Mask, Suggested, fold_letters, suggest, tells_of
from feedback.publication.store import PublicationStore
from feedback.record import Book, Sender, Status
from feedback.register_store import RegisterStore

logger = logging.getLogger(__name__)

_WIDE = re.compile(r"(?:xa|phuong|thi tran|thi xa|quan|huyen|dac khu|thanh pho|tp\.?|tinh)\s|viet nam")
"""How the wide parts of an address begin."""
SLUG_LETTERS = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
PUBLISHES = (Role.APPROVER, Role.PUBLISHER)
PREPARES = (Role.RECEIVER, Role.HANDLER, *PUBLISHES)


class StillTellsError(FeedbackError):
    """The redacted text still tells who the sender is; the places are given, the words are not.

    Who may not see the sender is told no more than that a person is named: else names could be tried out.
    """

    def __init__(self, part: str, masks: Sequence[Mask] = ()) -> None:
        """Take which part of the item it is, and where; nowhere for who may not know."""
        places = ", ".join(f"{mask.start}-{mask.end}" for mask in masks)
        tells = f"tells who the sender is (signs {places}); mask these parts too" if places else "names a person"
        super().__init__(f"the {part} still {tells}")
        self.masks = tuple(masks)


class VerbatimError(FeedbackError):
    """The sender did not agree that the own words are published as they stand."""


class PublishesRecords(Protocol):
    """The steps of the register that go with it; they check who may and the state machine, and tell the sender."""

    async def open_to_publish(
        self, session: AsyncSession, actor: Actor, record_id: int, at: datetime
    ) -> tuple[Case, bool]:
        """Return a record of which somebody prepares the public item, and whether its sender is hidden from them."""
        ...

    async def ready_to_publish(self, session: AsyncSession, actor: Actor, record_id: int, at: datetime) -> Case:
        """Return a record that the actor may publish now, or whose public item may be changed."""
        ...

    def sight(self, actor: Actor, case: Case, at: datetime, *, restricted: bool) -> Sight:
        """Return how much of a record's sender is shown to somebody who works on it; after a request for deletion less."""
        ...

    async def publish(
        self, session: AsyncSession, actor: Actor, record_id: int, link: str, at: datetime, words: str = ""
    ) -> Case:
        """Note that it is public, with its permanent link and the digest of its words."""
        ...

    async def reword(self, session: AsyncSession, actor: Actor, record_id: int, words: str, at: datetime) -> Case:
        """Note that its words were changed."""
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


@dataclass(frozen=True)
class Publishing:
    """Publication of one installation."""

    store: PublicationStore
    register: RegisterStore
    steps: PublishesRecords
    public_url: str = ""
    new_slug: Callable[[], str] = lambda: "".join(secrets.choice(_ALPHABET) for _ in range(SLUG_LETTERS))

    async def propose(self, session: AsyncSession, actor: Actor, record_id: int, answer: str, at: datetime) -> Proposal:
        """Suggest what to take out of a record's question and of its answer.

        From whom the sender is hidden gets the texts with all of it taken out already.

        Raises:
            NoSuchRecordError: there is none, or not for this actor.
            NotAllowedError: not for this actor's role, or the actor is complained about.
        """
        actor.require(*PREPARES)
        case, hidden = await self.steps.open_to_publish(session, actor, record_id, at)
        known = _known(case, (await self.register.sender(session, case)).sender)
        found = [suggest(text, known) for text in (_question(case), answer)]
        question, answered = (Suggested(one.redacted, ()) for one in found) if hidden else found
        return Proposal(question, answered)

    async def publish(
        self, session: AsyncSession, actor: Actor, record_id: int, redacted: Redacted, at: datetime
    ) -> Published:
        """Publish a record's question and answer, or change the words of what is public already; the link never changes.

        Raises:
            NoSuchRecordError: there is none, or not for this actor.
            NotAllowedError: only who approves or publishes, and not who is complained about.
            StillTellsError: see there.
            VerbatimError: see there.
            TransitionError: the record is not waiting for publication.
        """
        actor.require(*PUBLISHES)
        # Before the texts are looked at: what they still tell is nothing for everybody.
        case = await self.steps.ready_to_publish(session, actor, record_id, at)
        await self._check(session, actor, case, redacted, at)
        there = await self.store.of_record(session, record_id)
        slug = there.slug if there else self.new_slug()
        item = _item(case, slug, redacted, at)
        if there is not None and there.hidden_at is None:
            item = replace(item, published_at=there.published_at)
        # Before the step: whoever follows it finds the item as it is now.
        await self.store.put(session, item)
        if case.status is Status.PUBLISHED:
            await self.steps.reword(session, actor, record_id, digest_of(item.question, item.answer), at)
        else:
            words = digest_of(item.question, item.answer)
            await self.steps.publish(session, actor, record_id, self.link(slug), at, words)
        return item

    async def hide(self, session: AsyncSession, actor: Actor, record_id: int, why: HiddenWhy, at: datetime) -> None:
        """Take an item off the pages: its words go, its link says that it is gone and why.

        Raises:
            NotAllowedError: only who approves or publishes hides.
            FeedbackError: the record has no public item.
        """
        actor.require(*PUBLISHES)
        # Before the step: whoever follows it finds the item gone.
        if not await self.store.hide(session, record_id, why, at):
            raise FeedbackError(f"record {record_id} has no public item")
        await self.steps.hide(session, actor, record_id, why.value, at)

    def link(self, slug: str) -> str:
        """Return an item's permanent address."""
        return f"{self.public_url}/phan-anh/{slug}"

    async def _check(self, session: AsyncSession, actor: Actor, case: Case, redacted: Redacted, at: datetime) -> None:
        if not redacted.question.strip() or not redacted.answer.strip():
            raise FeedbackError("an item needs a question and an answer")
        sent = await self.register.sender(session, case)
        known = _known(case, sent.sender)
        sight = self.steps.sight(actor, case, at, restricted=sent.restricted_at is not None)
        for part, text in (("question", redacted.question), ("answer", redacted.answer)):
            # A name that is refused whoever it is tells nothing of who wrote.
            if sight is Sight.VEILED and suggest(text).masks:
                raise StillTellsError(part)
            found = tells_of(text, known)
            if found and sight is not Sight.SEES:
                logger.warning("Feedback: words of %s told who sent record %d, unseen by them.", actor.id, case.id)
            if found:
                raise StillTellsError(part, found if sight is Sight.SEES else ())
        if not case.publishable and _plain(redacted.question) in (_plain(_question(case)), _plain(case.matter.text)):
            raise VerbatimError(
                "the sender did not agree to the own words as they stand; say in short what it is about"
            )


def _known(case: Case, sender: Sender) -> Sequence[Known]:
    """Return what tells of a record's sender."""
    own = known_of(sender)
    return [*own, Known(case.receipt), *([Known(case.matter.dossier_code)] if case.matter.dossier_code else ())]


def known_of(sender: Sender) -> Sequence[Known]:
    """Return what tells who a sender is: the name, the number, the e-mail address, and the parts of the address."""
    parts = [part.strip() for part in re.split(r"[,;\n]", sender.address)]
    # The commune and the province are in the agency's own name: they tell nobody apart.
    near = [part for part in parts if part and not _WIDE.match(fold_letters(part))]
    words = [Known(text) for text in (sender.name, sender.email, *near) if text.strip()]
    return [*words, Known(sender.phone, KnownKind.NUMBER)] if sender.phone else words


def digest_of(question: str, answer: str) -> str:
    """Return the digest of what is public, as the log keeps it."""
    return hashlib.sha256(f"{question}\0{answer}".encode()).hexdigest()


def _plain(text: str) -> str:
    return "".join(sign for sign in fold_letters(unicodedata.normalize("NFC", text)) if sign.isalnum())


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
        # Without a code it is what the sender typed, not the catalogue's name.
        procedure_name=case.matter.procedure_name if case.matter.procedure_code else "",
        field=case.field,
        agency=case.matter.agency,
        category=int(case.category) if case.category else None,
        trial=case.book is Book.TRIAL,
        sample=case.sample,
    )
