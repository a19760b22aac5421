"""Decides what a delivery of dossiers changes in the tables: new rows, changed ones, lines of history. No database here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.dossiers.changes import SLIPS, Kind, changes
from bot.dossiers.record import Owner, Record, Status
from bot.dossiers.sealing import Row, Sealing, channel_of, end_of
from nlu.catalogue.model import base_code


@dataclass(frozen=True)
class Stored:
    """What came of keeping some dossiers."""

    new: int = 0
    changed: int = 0
    same: int = 0
    """Nothing that a citizen would want to be told: only the moment of the knowledge moved on."""
    older: int = 0
    """Left as they were: something newer is known."""

    def __add__(self, other: Stored) -> Stored:
        return Stored(
            self.new + other.new, self.changed + other.changed, self.same + other.same, self.older + other.older
        )


class Batch:
    """The rows to write for some dossiers."""

    def __init__(self, sealing: Sealing, source: str, contact_kept: timedelta | None) -> None:
        self._sealing, self._source, self._contact_kept = sealing, source, contact_kept
        self.inserted: list[Row] = []
        self.updated: list[Row] = []
        self.confirmed: list[Row] = []
        """Told again without any difference: the moment moves on, and what the columns did not have yet is filled in."""
        self.lines: list[Row] = []
        self.moved: list[Row] = []
        """Of another procedure than before, or no sample any more: the lines of history that name it follow."""
        self.stored = Stored()

    def take(self, known: Any, record: Record, as_of: datetime) -> None:
        """Decide what one dossier needs."""
        if known is not None and (known["as_of"] > as_of or (record.sample and not known["sample"])):
            self.stored += Stored(older=1)
            return
        ended_at = end_of(record, as_of, known and known["ended_at"])
        if ended_at and self._contact_kept is not None and ended_at < as_of - self._contact_kept:
            record = replace(record, owner=Owner())
        if known is None:
            self._first(record, ended_at, as_of)
        else:
            self._again(known, record, ended_at, as_of)

    def _first(self, record: Record, ended_at: datetime | None, as_of: datetime) -> None:
        row = self._sealing.row(record, ended_at)
        self.inserted.append({**row, "source": self._source, "as_of": as_of, "revision": 1, "changed_at": as_of})
        self._tell(None, record, 1, as_of, changes(None, record))
        self.stored += Stored(new=1)

    def _again(self, known: Any, record: Record, ended_at: datetime | None, as_of: datetime) -> None:
        before = self._sealing.whole(known)
        if before == record and known["source"] == self._source:
            self.confirmed.append({"at_code": record.code, "as_of": as_of, "channel": channel_of(record)})
            self.stored += Stored(same=1)
            return
        # Sealed under a key that is gone: what it was cannot be told, so that it changed cannot either.
        found = changes(before, record) if before is not None else ()
        revision = known["revision"] + bool(found)
        self._tell(Status(known["status"]), record, revision, as_of, found)
        if (known["procedure_code"], known["sample"]) != (record.procedure_code, record.sample):
            self.moved.append({"at_code": record.code, "procedure_code": slip_procedure(record)})
        row = self._sealing.row(record, ended_at) | {"source": self._source, "as_of": as_of, "revision": revision}
        row |= {"at_code": row.pop("code"), "changed_at": as_of if found else known["changed_at"]}
        self.updated.append(row)
        self.stored += Stored(changed=1) if found else Stored(same=1)

    def _tell(
        self, before: Status | None, record: Record, revision: int, as_of: datetime, found: tuple[Kind, ...]
    ) -> None:
        base = {"code": record.code, "revision": revision, "at": as_of, "to_status": int(record.status)}
        base |= {"from_status": None if before is None else int(before), "due_at": record.appointment}
        self.lines.extend(
            {**base, "kind": kind.value, "procedure_code": slip_procedure(record) if kind in SLIPS else None}
            for kind in found
        )


def slip_procedure(record: Record) -> str | None:
    """Return the procedure as the lines of history about slips name it; samples stand in no figures."""
    return None if record.sample else base_code(record.procedure_code)
