"""The log of the register: append-only entries, each bound to the one before by a hash, so that a change shows. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from feedback.record import Status
from feedback.transitions import Action

START = bytes(32)
"""What the first entry is bound to."""


@dataclass(frozen=True)
class Entry:
    """One line of the log: who did what to which record, when, from what to what."""

    seq: int
    """1, 2, 3 … over all records, without a gap."""
    record: int
    at: datetime
    actor: str
    unit: str
    action: Action
    from_status: Status | None
    to_status: Status | None
    from_unit: str
    to_unit: str
    note_digest: bytes
    """Of the salted reason or details, which are kept sealed beside it: blanking them breaks nothing that is bound."""
    previous: bytes
    hash: bytes = b""

    def bound(self) -> Entry:
        """Return the entry with its hash."""
        return replace(self, hash=_hash(self))


@dataclass(frozen=True)
class Fault:
    """Where a log is not what was written."""

    seq: int
    what: str


def digest(note: bytes) -> bytes:
    """Return the digest under which a note stands in the log; the note carries its own salt, so that short ones cannot be guessed."""
    return hashlib.sha256(note).digest()


def faults(entries: Iterable[Entry], start: bytes = START, first: int = 1) -> Iterable[Fault]:
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
        if entry.hash != _hash(entry):
            yield Fault(entry.seq, "was changed after it was written")
        previous, expected = entry.hash, entry.seq + 1


def _hash(entry: Entry) -> bytes:
    said = [
        entry.seq,
        entry.record,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.unit,
        entry.action,
        entry.from_status,
        entry.to_status,
        entry.from_unit,
        entry.to_unit,
        entry.note_digest.hex(),
    ]
    body = json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()
    return hashlib.sha256(entry.previous + body).digest()
