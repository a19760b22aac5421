"""What the dialogue and the pages ask about dossiers, and what they are told. The rules of disclosure stand behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.channels.contract import Ref
from bot.dossiers.disclosure import Coarse, Level, Shown


@dataclass(frozen=True)
class Asker:
    """Who asks, as far as it is known."""

    ref: Ref
    at: datetime
    source: str = ""
    """Keyed hash of where the request came from (a network address); empty where the channel hides it."""
    browser: str = ""
    """Keyed hash of the visitor's key, on the web: with it alone the one-time page can be used. Empty on other channels."""
    language: str = "vi"
    """In which the one-time page and the notice of its success speak."""


class LookOutcome(StrEnum):
    """What came of a look-up."""

    TOLD = "told"
    UNKNOWN = "unknown"
    """No source knows the code."""
    LIMITED = "limited"
    """Too many codes today; ``until`` says when it goes on."""
    DOWN = "down"
    """The source cannot be asked, and nothing is known from before."""


@dataclass(frozen=True)
class Look:
    """The answer to a look-up: at level 0 only ``coarse``, at level 1 also ``shown``."""

    outcome: LookOutcome
    coarse: Coarse | None = None
    shown: Shown | None = None
    as_of: datetime | None = None
    """When the source said so."""
    source: str = ""
    """Name of the source, as citizens know it; empty for one that has none to tell."""
    down: bool = False
    """Whether the source cannot be asked now."""
    until: datetime | None = None
    procedure: str = ""
    """Code of its procedure in our catalogue, for who may know it; empty for one that is not there."""
    phone_proven: bool = False
    """Whether this person proved to hold the telephone that stands on the dossier, not the second fact alone."""
    provable: bool = True
    """Whether level 1 can be proved here at all (no sender of codes and no contact on this channel: it cannot)."""


class Proof(StrEnum):
    """What came of a try to prove that one is the applicant."""

    PROVEN = "proven"
    NOT_PROVEN = "not_proven"
    """Wrong fact, unknown code, or a dossier without contact data: never told apart."""
    CODE_SENT = "code_sent"
    """If all of it matches, a code goes to the dossier's telephone; said in every case."""
    WAIT = "wait"
    """Too many tries; ``until`` says when the next one counts."""
    DOWN = "down"
    """The source cannot be asked now; whatever was typed was not compared with anything."""


@dataclass(frozen=True)
class Tried:
    """The answer to a try."""

    proof: Proof
    page: str = ""
    """Address of the one-time page on which the code is typed; empty where no code can be sent: then only ``contact``."""
    contact: bool = False
    """Whether the channel's own contact button may stand in for the code."""
    until: datetime | None = None


@dataclass(frozen=True)
class SeenEarlier:
    """One look-up of a dossier, as its owner may know it: never by whom."""

    at: datetime
    channel: str
    level: Level


class Looks(Protocol):
    """The part of ``Desk`` that only looks dossiers up."""

    async def look(self, asker: Asker, code: str) -> Look:
        """Say where a dossier stands, as much as this person may know. ``code`` is in normal form."""
        ...


class Desk(Looks, Protocol):
    """Dossiers, for whoever speaks with citizens. Each call stands for itself: tries are counted before they are answered."""

    async def prove(self, asker: Asker, code: str, fact: str) -> Tried:
        """Take a second fact: the last four digits of the telephone or of the id number on the dossier."""
        ...

    async def prove_by_contact(self, asker: Asker, phone: str, own: bool) -> Tried:
        """Take a contact shared by the channel's own button, for the try that this person last began."""
        ...

    async def forget(self, asker: Asker) -> None:
        """End every access that this person proved ("quên tôi")."""
        ...

    async def seen(self, asker: Asker, code: str) -> Sequence[SeenEarlier] | None:
        """Say when a dossier was looked at; ``None`` for who has not proved to be its owner."""
        ...
