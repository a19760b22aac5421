"""What the log says of sealed originals: a digest of each, so that one that was exchanged shows. Pure.

The digests stand in an entry's sealed, salted details: the chain, which anybody may be shown, tells nothing of them,
and where details are blanked with their record, they go too.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

MATTER, SENDER = "matter", "sender"
_MARK = "digest of "


def answer_of(version: int) -> str:
    """Return how a version of the answer is called here."""
    return f"answer {version}"


def bound(what: str, original: object) -> dict[str, str]:
    """Return the detail that binds an original as it is sealed."""
    return {_MARK + what: digest_of(msgspec.msgpack.encode(original))}


def digest_of(plain: bytes) -> str:
    """Return the digest of an original."""
    return hashlib.sha256(plain).hexdigest()


def digests(details: Mapping[str, str]) -> dict[str, str]:
    """Return the digests that an entry binds, by what they are of."""
    return {name.removeprefix(_MARK): value for name, value in details.items() if name.startswith(_MARK)}


def without_digests(details: Mapping[str, str]) -> dict[str, str]:
    """Return an entry's details as they may be read: a digest of few words would let them be guessed."""
    return {name: value for name, value in details.items() if not name.startswith(_MARK)}


@dataclass(frozen=True)
class Original:
    """Something sealed, as it is now."""

    record: int
    what: str
    digest: str | None
    """``None``: it cannot be opened."""


class KeepsOriginals(Protocol):
    """A store of something sealed."""

    def originals(self, session: AsyncSession) -> AsyncIterator[Original]:
        """Give every original in the order of their records."""
        ...
