"""What is kept about a sender, and how it goes: by their wish, or by its age. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import ColumnElement, Table, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import CITIZEN
from feedback.beside.tables import note
from feedback.log_store import LogStore, Movement
from feedback.office import Policy
from feedback.ports import Seals
from feedback.record import ENDED, Address, Book, Matter, Sender, Status
from feedback.tables import (
    answer,
    attachment,
    draft,
    follower,
    outgoing,
    publication,
    published_word,
    record,
    sender,
    word,
)
from feedback.transitions import Action
from feedback.word_store import PUBLISHED

TRIAL_DAYS = 30
"""For how long practice is kept."""
PAGE = 500
"""Records that are emptied in one look; what is over waits for the next."""
FAILED = timedelta(days=30)
"""For how long what could not leave waits for an official to look at it (``motcua feedback outgoing``)."""
LEFT_BEHIND = timedelta(days=1)
"""Age from which a file without its draft is no file of somebody who is sending just now."""


@dataclass(frozen=True)
class Own:
    """What is kept about one conversation's sender, by number."""

    records: int
    """In a register that the law keeps."""
    practised: int
    followed: int


class KeepingStore:
    """Counts, empties and deletes."""

    def __init__(self, seals: Seals, log: LogStore, policy: Policy) -> None:
        self._seals = seals
        self._log = log
        self._policy = policy

    async def own(self, session: AsyncSession, who: Address) -> Own:
        """Count what is kept about a conversation."""
        mine = (
            select(record.c.book, func.count().label("n"))
            .join(sender, sender.c.record == record.c.id)
            .where(_of(sender, who))
        )
        books = {row.book: row.n for row in await session.execute(mine.group_by(record.c.book))}
        practised = books.pop(Book.TRIAL, 0)
        following = select(func.count()).select_from(follower).where(_of(follower, who))
        return Own(sum(books.values()), practised, (await session.execute(following)).scalar_one())

    async def erase(self, session: AsyncSession, who: Address, at: datetime) -> None:
        """Delete what is followed, drafts, and practice; the register itself stays (see ``restrict``)."""
        await session.execute(delete(follower).where(_of(follower, who)))
        drafts = (await session.scalars(select(draft.c.id).where(_of(draft, who)))).all()
        await session.execute(delete(attachment).where(attachment.c.draft.in_(drafts)))
        await session.execute(delete(draft).where(draft.c.id.in_(drafts)))
        practised = select(record.c.id).join(sender, sender.c.record == record.c.id)
        practised = practised.where(_of(sender, who), record.c.book == Book.TRIAL)
        await self._empty(session, (await session.scalars(practised)).all())

    async def restrict(self, session: AsyncSession, who: Address, at: datetime) -> None:
        """Note from when on the register's rows about a conversation serve the law alone; a noted moment stays.

        Of public items it is told no more either.
        """
        await session.execute(delete(follower).where(_of(follower, who)))
        mine = select(record.c.id, record.c.status, record.c.unit).join(sender, sender.c.record == record.c.id)
        rows = (await session.execute(mine.where(_of(sender, who), sender.c.restricted_at.is_(None)))).all()
        for row in rows:
            status = Status(row.status)
            moved = Movement(Action.RESTRICT, status, status, row.unit, row.unit)
            await self._log.append(session, row.id, CITIZEN, moved, at)
        ids = [row.id for row in rows]
        await session.execute(update(sender).where(sender.c.record.in_(ids)).values(restricted_at=at))

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Empty old practice and what the office need not keep any more, and drop what could not leave; tell how many."""
        stuck = outgoing.c.failed.is_not(None), outgoing.c.at < now - FAILED
        await session.execute(delete(outgoing).where(*stuck))
        of_nobody = attachment.c.draft.is_not(None) & attachment.c.draft.not_in(select(draft.c.id))
        await session.execute(delete(attachment).where(of_nobody, attachment.c.stored_at < now - LEFT_BEHIND))
        # Samples came long ago, as they say, on the day that they were made, and tell of nobody.
        practice = and_(record.c.book == Book.TRIAL, record.c.sample.is_(False))
        old = [and_(practice, record.c.entered_at < now - timedelta(days=TRIAL_DAYS))]
        if self._policy.keep_years:
            before = now - timedelta(days=366 * self._policy.keep_years)
            old.append(and_(record.c.status.in_(ENDED), record.c.ended_at < before))
        full = select(record.c.id).where(or_(*old), record.c.masked != "").limit(PAGE)
        emptied = (await session.scalars(full)).all()
        await self._empty(session, emptied)
        return len(emptied)

    async def _empty(self, session: AsyncSession, ids: Sequence[int]) -> None:
        """Take the words and the sender out of records; number, class and times stay for the book and its reports."""
        for found in (await session.execute(select(record.c.id, record.c.receipt).where(record.c.id.in_(ids)))).all():
            place = f"feedback {found.receipt}"
            blank = self._seals.seal(msgspec.msgpack.encode(Matter("")), place)
            nobody = self._seals.seal(msgspec.msgpack.encode(Sender("", "")), place)
            empty = {"body": blank, "masked": "", "dossier_code": None, "happened_on": None}
            await session.execute(
                update(record).where(record.c.id == found.id).values(**empty, revision=record.c.revision + 1)
            )
            gone = {"body": nobody, "phone_tail": None, "channel": None, "account": None, "conversation": None}
            await session.execute(update(sender).where(sender.c.record == found.id).values(gone))
            await self._log.blank(session, found.id)
        for table in (answer, attachment, follower, note):
            await session.execute(delete(table).where(table.c.record.in_(ids)))
        # What is public tells nothing of its sender and stays, but for practice.
        public = word.c.word.startswith(PUBLISHED, autoescape=True)
        await session.execute(delete(word).where(word.c.record.in_(ids), ~public))
        trial = select(record.c.id).where(record.c.id.in_(ids), record.c.book == Book.TRIAL)
        for table in (publication, published_word, word):
            await session.execute(delete(table).where(table.c.record.in_(trial)))


def _of(table: Table, who: Address) -> ColumnElement[bool]:
    columns = table.c
    return and_(
        columns.channel == who.channel, columns.account == who.account, columns.conversation == who.conversation
    )
