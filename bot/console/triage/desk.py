"""What the pages of triage need: the services of the register, and a few ports that the house binds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.audit.noting import NotesActions
from bot.console.frame import Frame
from bot.delivery.ports import Transactions
from feedback.actor import Role
from feedback.attachments.handing_out import HandingOut
from feedback.attachments.service import Attachments
from feedback.beside.filter_store import FilterStore
from feedback.beside.notes import Notes
from feedback.beside.templates import Templates
from feedback.beside.viewer_store import ViewerStore
from feedback.clock_store import Bounds
from feedback.listing import Listing
from feedback.office import Office
from feedback.ports import FoldsText, NamesProcedures
from feedback.publication.service import Publishing
from feedback.publication.store import PublicationStore
from feedback.record import Address
from feedback.register_store import RegisterStore
from feedback.similar import Groups
from feedback.steps import Steps
from feedback.timekeeping import Clocks


@dataclass(frozen=True)
class Person:
    """An official who can be given something."""

    account: str
    name: str
    unit: str
    roles: frozenset[Role] = frozenset()


class KnowsPeople(Protocol):
    """The accounts of the house."""

    async def people(self, session: AsyncSession) -> Sequence[Person]:
        """Return the officials who may work, by name."""
        ...


@dataclass(frozen=True)
class Spoken:
    """A line of a conversation."""

    at: datetime
    citizen: bool
    """Else the assistant."""
    text: str | None = field(repr=False)
    """``None`` when the words are deleted already."""


class ReadsTalks(Protocol):
    """The conversations of the channels, as long as they are kept."""

    async def around(self, session: AsyncSession, where: Address, since: datetime, until: datetime) -> Sequence[Spoken]:
        """Return what was said in a conversation within a time, the oldest first; nothing when all of it is gone."""
        ...


@dataclass(frozen=True)
class Beside:
    """What officials keep beside the register."""

    notes: Notes
    templates: Templates
    filters: FilterStore
    viewers: ViewerStore


@dataclass(frozen=True)
class TriageDesk:
    """Everything the pages call."""

    transactions: Transactions
    frame: Frame
    office: Office
    register: RegisterStore
    steps: Steps
    listing: Listing
    clocks: Clocks
    bounds: Callable[[datetime], Bounds]
    attachments: Attachments
    files: HandingOut
    published: PublicationStore
    publishing: Publishing
    groups: Groups
    names: NamesProcedures
    words: FoldsText
    beside: Beside
    people: KnowsPeople
    looks: NotesActions
    talks: ReadsTalks

    def unit_name(self, code: str) -> str:
        """Return a unit's name; its code when it is none of the house."""
        unit = self.office.unit(code)
        return unit.name if unit else code

    async def named(self, session: AsyncSession) -> Mapping[str, str]:
        """Return the names of the officials by account."""
        return {one.account: one.name for one in await self.people.people(session)}
