"""The log of the register: append-only entries, each bound to the one before by a hash, so that a change shows. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from feedback.chain import START, Fault, bind, digest, faults
from feedback.record import Status
from feedback.transitions import Action

__all__ = ["START", "Entry", "Fault", "digest", "faults"]


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
        return replace(self, hash=self.expected())

    def expected(self) -> bytes:
        """Return the hash that the entry's content has."""
        said = [
            self.seq,
            self.record,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.actor,
            self.unit,
            self.action,
            self.from_status,
            self.to_status,
            self.from_unit,
            self.to_unit,
            self.note_digest.hex(),
        ]
        return bind(self.previous, said)
