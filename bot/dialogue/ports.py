"""What the dialogue needs from outside: a reader of messages, the live catalogue, and looks at what is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.channels.contract import Ref
from bot.privacy.held import Held
from bot.resume.snapshot import Snapshot
from nlu.catalogue.model import Procedure
from nlu.understanding import Understanding


class ReadsMessages(Protocol):
    """Understands a message; never fails."""

    async def read(self, text: str) -> Understanding:
        """Read one message."""
        ...


class Catalogue(Protocol):
    """The live catalogue."""

    async def get(self, code: str) -> Procedure | None:
        """Return one procedure."""
        ...

    async def get_many(self, codes: Sequence[str]) -> Sequence[Procedure]:
        """Return the procedures that exist, in the order of their codes."""
        ...

    async def in_fields(self, fields: Collection[str]) -> Sequence[Procedure]:
        """Return the procedures of these fields (lĩnh vực), named as the catalogue names them; few of each."""
        ...


@dataclass(frozen=True)
class Outlook:
    """What can be said to somebody who asks for a person."""

    opens_at: datetime | None = None
    """When people work again; ``None`` while they do, or where the hours are not certain."""
    minutes: int | None = None
    """Half of those who waited lately waited no longer, in working time; ``None`` where too few were counted."""


@dataclass(frozen=True)
class Concern:
    """What somebody who asks for a person is asking about; empty where nothing is known."""

    dossier: str = ""
    """Code of the dossier under discussion."""
    procedure: str = ""
    """Code of the procedure under discussion."""
    receiving: bool = False
    """Whether it is the receiving unit's, whatever else is known."""


class HandOvers(Protocol):
    """Requests to speak to a person."""

    async def is_open(self, ref: Ref) -> bool:
        """Tell whether this conversation has an open one."""
        ...

    async def outlook(self, at: datetime) -> Outlook:
        """Return what can be said of the wait."""
        ...

    async def unit(self, ref: Ref, concern: Concern, at: datetime) -> str:
        """Return the code of the unit whose officials answer about something; empty for the receiving unit's."""
        ...


class ResumeCodes(Protocol):
    """Codes by which a conversation goes on elsewhere."""

    async def peek(self, code: str) -> Snapshot | None:
        """Return what a code carries; ``None`` for one that is unknown, used or expired."""
        ...


class Holdings(Protocol):
    """What is kept about people."""

    async def about(self, ref: Ref) -> Sequence[Held]:
        """Return what all modules keep about this person."""
        ...
