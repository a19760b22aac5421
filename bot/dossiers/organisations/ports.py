"""What the talk asks about organisations. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.channels.contract import Ref
from bot.dossiers.organisations.overview import Overview

MOST_CODES = 500
"""Codes of one question."""
MOST_BYTES = 1024 * 1024
"""Of a file with codes."""
LINKED_FOR = timedelta(days=30)
"""How long a conversation speaks for an organisation before the token must be shown again."""


@dataclass(frozen=True)
class Linked:
    """The organisation that a conversation speaks for."""

    organisation: int
    name: str
    until: datetime
    digest: bool
    """Whether a summary is sent each week."""


class Asked(StrEnum):
    """What came of a question about many dossiers."""

    TOLD = "told"
    NOT_LINKED = "not_linked"
    LIMITED = "limited"
    """Too many questions in this hour; ``until`` says when it goes on."""


@dataclass(frozen=True)
class Told:
    """The answer to a question about many dossiers."""

    outcome: Asked
    overview: Overview = field(default_factory=lambda: Overview(()))
    until: datetime | None = None
    address: str = ""
    """Of the table to fetch; empty where this server has no public address."""
    address_until: datetime | None = None


class PageOffer(StrEnum):
    """Whether a token may be typed on a page of ours."""

    OPEN = "open"
    NONE = "none"
    """This server has no public address: it is typed in the conversation."""
    LIMITED = "limited"
    """Too many wrong ones were typed in this hour."""


@dataclass(frozen=True)
class TokenPage:
    """The page on which a conversation's token is typed."""

    offer: PageOffer
    address: str = ""
    until: datetime | None = None


class Organisations(Protocol):
    """Organisations and their dossiers, for the talk."""

    async def linked(self, ref: Ref, now: datetime) -> Linked | None:
        """Return the organisation that a conversation speaks for."""
        ...

    async def owner_of(self, token: str) -> str | None:
        """Return the name of the organisation whose present token this is."""
        ...

    async def page(self, ref: Ref, language: str, now: datetime) -> TokenPage:
        """Open a page on which the token is typed for a conversation, in place of an earlier one."""
        ...

    async def ask(self, ref: Ref, codes: Sequence[str], language: str, now: datetime) -> Told:
        """Tell where dossiers stand; no codes stand for all of the organisation's."""
        ...


class UploadOutcome(StrEnum):
    """What came of reading a file; the sentence is ``utter_batch_file_`` with this."""

    READ = "read"
    NO_CODES = "no_codes"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    NOT_READABLE = "not_readable"
    NOT_FETCHED = "not_fetched"
    """The channel did not hand it over."""
    BUSY = "busy"
    """Too many were sent at once."""


@dataclass(frozen=True)
class Upload:
    """The codes in a file; the file itself is gone by then."""

    outcome: UploadOutcome
    codes: tuple[str, ...] = ()


class ReadsUploads(Protocol):
    """Fetches a file from its channel and looks for dossier codes in it."""

    async def read(self, ref: Ref, file: str) -> Upload:
        """Read one file that a channel keeps; never raises for what the channel or the file is."""
        ...
