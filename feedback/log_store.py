"""Writes and reads the log of the register within the caller's transaction; never commits."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor
from feedback.log import Entry, digest
from feedback.ports import Seals
from feedback.record import Status
from feedback.sealed import SealedColumn, tried
from feedback.tables import event, head
from feedback.transitions import Action

SALT = 16
_PAGE = 2000


@dataclass(frozen=True)
class Movement:
    """What one entry says beside who, when and which record."""

    action: Action
    from_status: Status | None
    to_status: Status | None
    from_unit: str = ""
    to_unit: str = ""
    why: str = field(default="", repr=False)
    details: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What else changed, by name; also what undoing needs."""


class _Note(msgspec.Struct, array_like=True):
    salt: bytes
    why: str
    details: dict[str, str]


@dataclass(frozen=True)
class Told:
    """An entry with its opened reason; empty when that was blanked."""

    entry: Entry
    why: str = field(repr=False)
    details: Mapping[str, str] = field(repr=False)
    blank: bool = False
    """Whether reason and details were blanked."""
    true: bool = True
    """Whether reason and details are those that the entry is bound to."""


class LogStore:
    """The log of one database."""

    def __init__(self, seals: Seals, random: Callable[[int], bytes] = os.urandom) -> None:
        self._seals = seals
        self._random = random

    async def append(self, session: AsyncSession, record: int, actor: Actor, moved: Movement, at: datetime) -> Entry:
        """Write the next entry, bound to the last one; other writers wait until this transaction ends."""
        note = msgspec.msgpack.encode(_Note(self._random(SALT), moved.why, dict(moved.details)))
        last = update(head).where(head.c.id == 1).values(seq=head.c.seq + 1).returning(head.c.seq, head.c.hash)
        seq, previous = (await session.execute(last)).one()
        entry = Entry(
            seq,
            record,
            at,
            actor.id,
            actor.unit,
            moved.action,
            moved.from_status,
            moved.to_status,
            moved.from_unit,
            moved.to_unit,
            digest(note),
            previous,
        ).bound()
        row = {name: getattr(entry, name) for name in _COLUMNS} | {"note": self._seals.seal(note, _about(seq))}
        await session.execute(insert(event).values(row))
        await session.execute(update(head).where(head.c.id == 1).values(hash=entry.hash))
        return entry

    async def turn(self, session: AsyncSession) -> None:
        """Wait until no other writer appends; for who locks something else first and appends after."""
        await session.execute(select(head.c.seq).where(head.c.id == 1).with_for_update())

    async def of(self, session: AsyncSession, record: int) -> Sequence[Told]:
        """Return the entries of one record, the oldest first."""
        rows = await session.execute(select(event).where(event.c.record == record).order_by(event.c.seq))
        return [self.told(row) for row in rows]

    async def made_by(
        self, session: AsyncSession, actor: Actor, action: Action, since: datetime, most: int
    ) -> Sequence[int]:
        """Return the records with which somebody took a step since then, the newest first."""
        mine = (event.c.at >= since, event.c.actor == actor.id, event.c.action == action)
        chosen = select(event.c.record).where(*mine).order_by(event.c.seq.desc()).limit(most)
        return (await session.scalars(chosen)).all()

    async def between(self, session: AsyncSession, since: datetime, until: datetime) -> AsyncIterator[Entry]:
        """Give the entries of a time in order, a page at a time."""
        numbers = select(func.min(event.c.seq), func.max(event.c.seq)).where(event.c.at >= since, event.c.at < until)
        first, last = (await session.execute(numbers)).one()
        async for row in _rows(session, (first or 1) - 1, last or 0):
            if since <= row.at < until:
                yield _entry(row)

    async def after(self, session: AsyncSession, seq: int) -> AsyncIterator[Entry]:
        """Give the entries behind a number in order, a page at a time, without opening what is sealed."""
        async for row in _rows(session, seq):
            yield _entry(row)

    async def opened(self, session: AsyncSession) -> AsyncIterator[Told]:
        """Give every entry in order with its reason and details; what cannot be opened is not true."""
        async for row in _rows(session):
            yield tried(self.told, row) or Told(_entry(row), "", {}, true=False)

    async def last(self, session: AsyncSession) -> tuple[int, bytes]:
        """Return the number and the hash that the newest entry must have: printed on reports, they anchor the log."""
        row = (await session.execute(select(head.c.seq, head.c.hash).where(head.c.id == 1))).one()
        return row.seq, row.hash

    async def at(self, session: AsyncSession, hash: bytes) -> int | None:
        """Return the number of the entry with a hash; ``None`` for none."""
        return await session.scalar(select(event.c.seq).where(event.c.hash == hash))

    async def blank(self, session: AsyncSession, record: int) -> None:
        """Drop the reasons and details of a record's entries; what is bound stays whole."""
        await session.execute(update(event).where(event.c.record == record).values(note=None))

    def told(self, row: Row[Any]) -> Told:
        """Open a row of the table."""
        entry = _entry(row)
        if row.note is None:
            return Told(entry, "", {}, blank=True)
        plain = self._seals.open(row.note, _about(entry.seq))
        note = msgspec.msgpack.decode(plain, type=_Note)
        return Told(entry, note.why, note.details, true=digest(plain) == entry.note_digest)


_COLUMNS = tuple(column.name for column in event.c if column.name != "note")


async def _rows(session: AsyncSession, last: int = 0, upto: int | None = None) -> AsyncIterator[Row[Any]]:
    while True:
        page = select(event).where(event.c.seq > last).order_by(event.c.seq).limit(_PAGE)
        if upto is not None:
            page = page.where(event.c.seq <= upto)
        rows = (await session.execute(page)).all()
        for row in rows:
            yield row
        if len(rows) < _PAGE:
            return
        last = rows[-1].seq


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        row.seq,
        row.record,
        row.at,
        row.actor,
        row.unit,
        Action(row.action),
        Status(row.from_status) if row.from_status else None,
        Status(row.to_status) if row.to_status else None,
        row.from_unit,
        row.to_unit,
        row.note_digest,
        row.previous,
        row.hash,
    )


def _about(seq: int) -> str:
    return f"feedback event {seq}"


SEALED = (SealedColumn(event, "note", lambda row: _about(row.seq)),)
