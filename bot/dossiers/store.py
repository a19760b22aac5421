"""Keeps dossiers within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.dossiers.changes import Kind, changes
from bot.dossiers.facts import FactKeys
from bot.dossiers.record import Owner, Record, Status
from bot.dossiers.sealing import Row, Sealing, end_of
from bot.dossiers.tables import dossier, dossier_change

AT_ONCE = 1000
"""Rows asked for in one statement."""


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


@dataclass(frozen=True)
class Kept:
    """A dossier as it is known here."""

    record: Record
    """Its owner has a name at most; ``owner`` opens the rest."""
    source: str
    as_of: datetime
    revision: int
    changed_at: datetime


@dataclass(frozen=True)
class Secrets:
    """Keyed hashes of what an applicant can prove to know."""

    phone_tail: bytes | None
    identity_tail: bytes | None
    phone_key: bytes | None


@dataclass(frozen=True)
class Change:
    """One line of a dossier's history."""

    revision: int
    at: datetime
    kind: Kind
    from_status: Status | None
    to_status: Status
    due_at: datetime | None


class DossierStore:
    """Dossiers as their sources last described them, and their history."""

    def __init__(self, cipher: Cipher, key: str, contact_kept: timedelta | None = None) -> None:
        """Take what seals and hashes.

        Args:
            cipher: for what is kept at rest.
            key: the operator's signing key.
            contact_kept: how long after its end a dossier's owner is still kept; ``None`` for ever.
        """
        self._keys = FactKeys(key)
        self._sealing = Sealing(cipher, self._keys)
        self._contact_kept = contact_kept

    async def put(self, session: AsyncSession, source: str, given: Sequence[tuple[Record, datetime]]) -> Stored:
        """Keep dossiers as a source describes them, each with the moment when it said so.

        What is known from a later moment stays. A change makes a revision and a line of history per kind.
        """
        newest: dict[str, tuple[Record, datetime]] = {}
        for record, as_of in given:
            if record.code not in newest or newest[record.code][1] <= as_of:
                newest[record.code] = (record, as_of)
        stored = Stored()
        # In one order everywhere: two imports at once wait for each other instead of locking each other out.
        codes = sorted(newest)
        for start in range(0, len(codes), AT_ONCE):
            stored += await self._put(session, source, [newest[code] for code in codes[start : start + AT_ONCE]])
        return stored

    async def get(self, session: AsyncSession, code: str) -> Kept | None:
        """Return a dossier by its code in normal form.

        Raises:
            UnreadableError: it was sealed with another key.
        """
        return (await self.get_many(session, [code])).get(code)

    async def get_many(self, session: AsyncSession, codes: Sequence[str]) -> dict[str, Kept]:
        """Return the dossiers of some codes that are known.

        Raises:
            UnreadableError: one was sealed with another key.
        """
        columns = (dossier.c[name] for name in ("code", "source", "as_of", "revision", "changed_at", "body"))
        rows = (await session.execute(select(*columns).where(dossier.c.code.in_(codes)))).mappings()
        return {row["code"]: self.opened(row) for row in rows}

    def opened(self, row: Any) -> Kept:
        """Return the dossier of a row.

        Raises:
            UnreadableError: it was sealed with another key.
        """
        record = self._sealing.record(row["code"], row["body"])
        return Kept(record, row["source"], row["as_of"], row["revision"], row["changed_at"])

    async def secrets(self, session: AsyncSession, code: str) -> Secrets | None:
        """Return the hashes of what the applicant can prove to know; ``None`` for an unknown code."""
        chosen = select(dossier.c.phone_tail, dossier.c.identity_tail, dossier.c.phone_key)
        row = (await session.execute(chosen.where(dossier.c.code == code))).first()
        return Secrets(*row) if row is not None else None

    async def owner(self, session: AsyncSession, code: str) -> Owner | None:
        """Open who owns a dossier; ``None`` when nobody is known.

        Raises:
            UnreadableError: it was sealed with another key.
        """
        contact = await session.scalar(select(dossier.c.contact).where(dossier.c.code == code))
        return self._sealing.owner(code, contact) if contact is not None else None

    async def owned(self, session: AsyncSession, identity: bytes, limit: int) -> Sequence[Kept]:
        """Return the dossiers on which an id number stands, by its hash, the newest first."""
        chosen = select(dossier).where(dossier.c.identity_key == identity).order_by(dossier.c.received_at.desc())
        return [self.opened(row) for row in (await session.execute(chosen.limit(limit))).mappings()]

    async def history(self, session: AsyncSession, code: str) -> Sequence[Change]:
        """Return what happened to a dossier since it is known, the oldest first."""
        chosen = select(dossier_change).where(dossier_change.c.code == code).order_by(dossier_change.c.id)
        return [_change(row) for row in (await session.execute(chosen)).mappings()]

    def tail_hash(self, code: str, four: str) -> bytes:
        """Return what ``Secrets`` holds when these are the last four digits on this dossier."""
        return self._keys.tail(code, four)

    def phone_hash(self, number: str) -> bytes:
        """Return what ``Secrets.phone_key`` holds for a telephone number in E.164."""
        return self._keys.phone(number)

    def identity_hash(self, number: str) -> bytes:
        """Return what the table holds for an id number in the form of ``facts.identity``."""
        return self._keys.identity(number)

    async def _put(self, session: AsyncSession, source: str, given: Sequence[tuple[Record, datetime]]) -> Stored:
        codes = [record.code for record, _ in given]
        chosen = select(dossier).where(dossier.c.code.in_(codes)).order_by(dossier.c.code).with_for_update()
        known = {row["code"]: row for row in (await session.execute(chosen)).mappings()}
        batch = _Batch(self._sealing, source, self._contact_kept)
        for record, as_of in given:
            batch.take(known.get(record.code), record, as_of)
        # Somebody else may have put a new code there meanwhile: theirs is as new as ours, the next import meets it.
        if batch.inserted:
            await session.execute(_insert(session, dossier).on_conflict_do_nothing(), batch.inserted)
        for rows in (batch.updated, batch.confirmed):
            if rows:
                at = update(dossier).where(dossier.c.code == bindparam("at_code"))
                written: Row = {name: bindparam(name) for name in rows[0] if name != "at_code"}
                await session.execute(at.values(written), rows)
        if batch.lines:
            await session.execute(_insert(session, dossier_change).on_conflict_do_nothing(), batch.lines)
        return batch.stored


class _Batch:
    """The rows to write for some dossiers."""

    def __init__(self, sealing: Sealing, source: str, contact_kept: timedelta | None) -> None:
        self._sealing, self._source, self._contact_kept = sealing, source, contact_kept
        self.inserted: list[Row] = []
        self.updated: list[Row] = []
        self.confirmed: list[Row] = []
        """Told again without any difference: only the moment moves on."""
        self.lines: list[Row] = []
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
        before = self._before(known)
        if before == record and known["source"] == self._source:
            self.confirmed.append({"at_code": record.code, "as_of": as_of})
            self.stored += Stored(same=1)
            return
        # Sealed under a key that is gone: what it was cannot be told, so that it changed cannot either.
        found = changes(before, record) if before is not None else ()
        revision = known["revision"] + bool(found)
        self._tell(Status(known["status"]), record, revision, as_of, found)
        row = self._sealing.row(record, ended_at) | {"source": self._source, "as_of": as_of, "revision": revision}
        row |= {"at_code": row.pop("code"), "changed_at": as_of if found else known["changed_at"]}
        self.updated.append(row)
        self.stored += Stored(changed=1) if found else Stored(same=1)

    def _before(self, known: Any) -> Record | None:
        try:
            record = self._sealing.record(known["code"], known["body"])
            return replace(record, owner=self._sealing.owner(known["code"], known["contact"]))
        except UnreadableError:
            return None

    def _tell(
        self, before: Status | None, record: Record, revision: int, as_of: datetime, found: tuple[Kind, ...]
    ) -> None:
        base = {"code": record.code, "revision": revision, "at": as_of, "to_status": int(record.status)}
        base |= {"from_status": None if before is None else int(before), "due_at": record.appointment}
        self.lines.extend({**base, "kind": kind.value} for kind in found)


def _insert(session: AsyncSession, table: Table) -> Any:
    """Return an insert that can step aside for an existing row; each database has its own spelling of it."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def _change(row: Any) -> Change:
    before = None if row["from_status"] is None else Status(row["from_status"])
    kind, status = Kind(row["kind"]), Status(row["to_status"])
    return Change(row["revision"], row["at"], kind, before, status, row["due_at"])
