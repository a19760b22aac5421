"""A chain of entries, each bound to the one before it by a hash, so that a change shows. Pure; logs say what an entry is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

START = bytes(32)
"""What the first entry is bound to."""


class Link(Protocol):
    """An entry of a chain."""

    @property
    def seq(self) -> int:
        """1, 2, 3 … without a gap."""
        ...

    @property
    def previous(self) -> bytes:
        """Hash of the entry before it."""
        ...

    @property
    def hash(self) -> bytes:
        """Its own, as it was kept."""
        ...

    def expected(self) -> bytes:
        """Return the hash that its content has."""
        ...


@dataclass(frozen=True)
class Fault:
    """Where a log is not what was written."""

    seq: int
    what: str


def bind(previous: bytes, said: Sequence[object]) -> bytes:
    """Return the hash of an entry's content and of all that came before it."""
    body = json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()
    return hashlib.sha256(previous + body).digest()


def digest(note: bytes) -> bytes:
    """Return the digest under which a note stands in a log; the note carries its own salt, so that short ones cannot be guessed."""
    return hashlib.sha256(note).digest()


def faults(entries: Iterable[Link], start: bytes = START, first: int = 1) -> Iterable[Fault]:
    """Give every place where the chain is broken: a changed entry, a missing or an added one.

    Args:
        entries: in order of ``seq``.
        start: hash of the entry before the first.
        first: number of the first.
    """
    previous, expected = start, first
    for entry in entries:
        if entry.seq != expected:
            yield Fault(expected, f"entries {expected} to {entry.seq - 1} are missing")
        if entry.previous != previous:
            yield Fault(entry.seq, "is not bound to the entry before it")
        if entry.hash != entry.expected():
            yield Fault(entry.seq, "was changed after it was written")
        previous, expected = entry.hash, entry.seq + 1
