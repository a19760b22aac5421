"""Keeps dossiers within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.cipher import Cipher
from bot.delivery.statements import insertion
from bot.dossiers.batching import Batch, Stored
from bot.dossiers.changes import Kind
from bot.dossiers.facts import FactKeys
from bot.dossiers.record import Owner, Record, Status
from bot.dossiers.retention_store import blank_old, delete_old
from bot.dossiers.sealing import Row, Sealing, about_dossier, about_owner
from bot.dossiers.tables import SLIPS, dossier, dossier_change
from feedback.sealed import SealedColumn

AT_ONCE = 1000
"""Rows asked for in one statement."""
OPENED = tuple(dossier.c[name] for name in ("code", "source", "as_of", "revision", "changed_at", "body"))
"""The columns that ``DossierStore.opened`` reads."""


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
        rows = (await session.execute(select(*OPENED).where(dossier.c.code.in_(codes)))).mappings()
        return {row["code"]: self.opened(row) for row in rows}

    async def whole(self, session: AsyncSession, codes: Sequence[str]) -> dict[str, Record]:
        """Return the dossiers of some codes with their owners; what was sealed with another key is left out."""
        columns = (dossier.c.code, dossier.c.body, dossier.c.contact)
        rows = (await session.execute(select(*columns).where(dossier.c.code.in_(codes)))).mappings()
        opened = (self._sealing.whole(row) for row in rows)
        return {record.code: record for record in opened if record is not None}

    def opened(self, row: Any) -> Kept:
        """Return the dossier of a row with the columns ``OPENED``.

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
        # Told apart by their codes, and those without a day last, on every database.
        order = (dossier.c.received_at.desc().nulls_last(), dossier.c.code)
        chosen = select(*OPENED).where(dossier.c.identity_key == identity).order_by(*order)
        return [self.opened(row) for row in (await session.execute(chosen.limit(limit))).mappings()]

    async def history(self, session: AsyncSession, code: str) -> Sequence[Change]:
        """Return what happened to a dossier since it is known, the oldest first."""
        chosen = select(dossier_change).where(dossier_change.c.code == code).order_by(dossier_change.c.id)
        return [_change(row) for row in (await session.execute(chosen)).mappings()]

    async def forget(self, session: AsyncSession, now: datetime, kept: timedelta) -> int:
        """Blank the owners of what ended a while ago, and delete what ended, or was last spoken of, still longer ago.

        Args:
            session: of the caller's transaction.
            now: the present moment.
            kept: how long a dossier is kept after its end.

        Returns:
            How many were blanked or deleted; at most a few thousand at once, the rest waits for the next time.
        """
        gone = await delete_old(session, now - kept)
        if self._contact_kept is not None:
            gone += await blank_old(session, self._sealing, now - self._contact_kept)
        return gone

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
        batch = Batch(self._sealing, source, self._contact_kept)
        for record, as_of in given:
            batch.take(known.get(record.code), record, as_of)
        # Somebody else may have put a new code there meanwhile: theirs is as new as ours, the next import meets it.
        if batch.inserted:
            await session.execute(insertion(session, dossier).on_conflict_do_nothing(), batch.inserted)
        for rows in (batch.updated, batch.confirmed):
            if rows:
                at = update(dossier).where(dossier.c.code == bindparam("at_code"))
                written: Row = {name: bindparam(name) for name in rows[0] if name != "at_code"}
                await session.execute(at.values(written), rows)
        if batch.moved:
            ours = dossier_change.c.code == bindparam("at_code"), SLIPS
            await session.execute(
                update(dossier_change).where(*ours).values(procedure_code=bindparam("procedure_code")), batch.moved
            )
        if batch.lines:
            await session.execute(insertion(session, dossier_change).on_conflict_do_nothing(), batch.lines)
        return batch.stored


def _change(row: Any) -> Change:
    before = None if row["from_status"] is None else Status(row["from_status"])
    kind, status = Kind(row["kind"]), Status(row["to_status"])
    return Change(row["revision"], row["at"], kind, before, status, row["due_at"])


SEALED = (
    SealedColumn(dossier, "body", lambda row: about_dossier(row.code)),
    SealedColumn(dossier, "contact", lambda row: about_owner(row.code)),
)
