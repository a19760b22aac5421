"""Writes and reads the console's log within the caller's transaction; never commits."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, CursorResult, Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.audit.entry import Event, Noted
from bot.console.audit.tables import ABOUT_LENGTH, WHAT_LENGTH, console_event, console_log_head
from bot.console.official import Official
from bot.delivery.cipher import Cipher
from feedback.chain import START, Fault, digest, faults
from feedback.sealed import SealedColumn

SALT = 16
_PAGE = 1000
_ABOUT_SAME_TIME = 1000
"""Entries around a moment whose numbers may be in another order than their times; days are found by their numbers."""


class _Note(msgspec.Struct, array_like=True):
    salt: bytes
    why: str


@dataclass(frozen=True)
class Wanted:
    """Which entries are shown; empty for all."""

    actor: str = ""
    what: str = ""
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    """Only those with smaller numbers."""
    among: frozenset[str] = frozenset()
    """Words of which an entry's is one."""


class Audit:
    """The console's log in one database."""

    def __init__(self, cipher: Cipher, random: Callable[[int], bytes] = os.urandom) -> None:
        """Take the cipher for the reasons."""
        self._cipher = cipher
        self._random = random

    async def note(
        self, session: AsyncSession, official: Official, what: str, about: str, why: str, at: datetime
    ) -> None:
        """Note what an official did, and why.

        Args:
            session: of the transaction in which it was done.
            official: who did it.
            what: a word of ``What``, or of an area's own.
            about: what it was done to; nothing that tells who a citizen is.
            why: the reason; kept sealed.
            at: when.
        """
        await self.append(session, official.account, what, about, why, at)

    async def append(self, session: AsyncSession, actor: str, what: str, about: str, why: str, at: datetime) -> Event:
        """Write the next entry, bound to the last one; other writers wait until this transaction ends."""
        note = msgspec.msgpack.encode(_Note(self._random(SALT), why))
        head = console_log_head
        last = update(head).where(head.c.id == 1).values(seq=head.c.seq + 1).returning(head.c.seq, head.c.hash)
        seq, previous = (await session.execute(last)).one()
        event = Event(seq, at, actor, what[:WHAT_LENGTH], about[:ABOUT_LENGTH], digest(note), previous).bound()
        row = {name: getattr(event, name) for name in _COLUMNS} | {"note": self._cipher.seal(note, _about(seq))}
        await session.execute(insert(console_event).values(row))
        await session.execute(update(head).where(head.c.id == 1).values(hash=event.hash))
        return event

    async def page(self, session: AsyncSession, wanted: Wanted, most: int) -> Sequence[Noted]:
        """Return entries, the newest first."""
        chosen = select(console_event).where(*_which(wanted)).order_by(console_event.c.seq.desc()).limit(most)
        return [self._told(row) for row in await session.execute(chosen)]

    async def count(self, session: AsyncSession, wanted: Wanted) -> int:
        """Return how many entries there are; looks at each of them."""
        counted = select(func.count()).select_from(console_event).where(*_which(wanted))
        return (await session.execute(counted)).scalar_one()

    async def words(self, session: AsyncSession) -> Sequence[str]:
        """Return what was ever done, each word once: the areas' own too, which no list of ours knows."""
        what = console_event.c.what
        words = select(func.min(what).label("word")).cte("words", recursive=True)
        # From word to word by the index, however long the log is.
        following = select(func.min(what)).where(what > words.c.word).scalar_subquery()
        words = words.union_all(select(following).where(words.c.word.is_not(None)))
        return list(await session.scalars(select(words.c.word).where(words.c.word.is_not(None))))

    async def faults(self, session: AsyncSession) -> Sequence[Fault]:
        """Return every place where the log is not what was written; empty for none."""
        table, found, last, seen = console_event, list[Fault](), START, 0
        async for page in self._pages(session):
            for row in page:
                told = self._told(row)
                if not told.true:
                    found.append(Fault(told.event.seq, "has another reason than the one it is bound to"))
            events = [_event(row) for row in page]
            found.extend(faults(events, last, seen + 1))
            last, seen = events[-1].hash, events[-1].seq
        head = (await session.execute(select(console_log_head))).one()
        if (head.seq, head.hash) != (seen, last):
            found.append(Fault(head.seq, f"{table.name} ends at {seen}, its head says {head.seq}"))
        return found

    async def last(self, session: AsyncSession) -> tuple[int, bytes]:
        """Return the number and the hash of the newest entry: printed, they anchor the log."""
        row = (await session.execute(select(console_log_head.c.seq, console_log_head.c.hash))).one()
        return row.seq, row.hash

    async def forget(self, session: AsyncSession, before: datetime) -> int:
        """Blank the reasons of old entries; the chain stays whole. Tell how many."""
        old = (console_event.c.at < before) & console_event.c.note.is_not(None)
        done = await session.execute(update(console_event).where(old).values(note=None))
        return done.rowcount if isinstance(done, CursorResult) else 0

    async def _pages(self, session: AsyncSession) -> AsyncIterator[Sequence[Row[Any]]]:
        last = 0
        while True:
            page = select(console_event).where(console_event.c.seq > last).order_by(console_event.c.seq).limit(_PAGE)
            rows = (await session.execute(page)).all()
            if not rows:
                return
            yield rows
            last = rows[-1].seq

    def _told(self, row: Row[Any]) -> Noted:
        event = _event(row)
        if row.note is None:
            return Noted(event, "", blank=True)
        plain = self._cipher.open(row.note, _about(event.seq))
        return Noted(event, msgspec.msgpack.decode(plain, type=_Note).why, true=digest(plain) == event.note_digest)


_COLUMNS = tuple(column.name for column in console_event.c if column.name != "note")


def _event(row: Row[Any]) -> Event:
    return Event(row.seq, row.at, row.actor, row.what, row.about, row.note_digest, row.previous, row.hash)


def _which(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    table = console_event
    same = ((table.c.actor, wanted.actor), (table.c.what, wanted.what), (table.c.about, wanted.about))
    for column, value in same:
        if value:
            yield column == value
    if wanted.among:
        yield table.c.what.in_(sorted(wanted.among))
    if wanted.since:
        first = select(table.c.seq).where(table.c.at >= wanted.since).order_by(table.c.at).limit(1)
        yield table.c.at >= wanted.since
        yield table.c.seq >= first.scalar_subquery() - _ABOUT_SAME_TIME
    if wanted.until:
        last = select(table.c.seq).where(table.c.at < wanted.until).order_by(table.c.at.desc()).limit(1)
        yield table.c.at < wanted.until
        yield table.c.seq <= last.scalar_subquery() + _ABOUT_SAME_TIME
    if wanted.before:
        yield table.c.seq < wanted.before


def _about(seq: int) -> str:
    return f"console event {seq}"


SEALED = (SealedColumn(console_event, "note", lambda row: _about(row.seq)),)
