"""A request for the post as it is kept: the consent, a draft, a finished slip, and the keys of its letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.channels.contract import Ref
from bot.postal.request import Parties, PostalRequest


@dataclass(frozen=True)
class Consent:
    """What its person agreed to."""

    version: str
    """Of the notice."""
    at: datetime


@dataclass(frozen=True)
class Draft:
    """A request that is being filled in."""

    id: str
    ref: Ref
    parties: Parties | None
    """``None`` while nothing was given on the page."""


@dataclass(frozen=True)
class Kept:
    """A request with how far its letter has come."""

    request: PostalRequest
    ref: Ref
    language: str
    mail_to: str
    sendings: int

    @property
    def key(self) -> str:
        """Key of the letter: one confirmation is one letter, whatever happens."""
        return letter_key(self.request.id, self.sendings)


def letter_keys(id: str, sendings: int) -> list[str]:
    """Return the keys of the letters of a slip that were confirmed up to now."""
    return [letter_key(id, number) for number in range(1, sendings + 1)]


def letter_key(id: str, sending: int) -> str:
    """Return the key of one letter."""
    return f"post:{id}:{sending}"
