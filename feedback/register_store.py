"""Reads and writes the register (sổ tiếp nhận) within the caller's transaction; never commits and checks no rule."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.case import Case, SenderOf
from feedback.errors import FeedbackError
from feedback.inserting import insertion
from feedback.originals import MATTER, SENDER, Original
from feedback.ports import FoldsText, Hashes, Seals
from feedback.record import (
    About,
    Address,
    Book,
    Border,
    Category,
    Consent,
    Form,
    Kind,
    Matter,
    Outcome,
    Sender,
    SenderKind,
    Status,
    Submission,
)
from feedback.register_rows import Placing as Placing
from feedback.register_rows import matter_columns, row_of
from feedback.sealed import SealedColumn, opened_digest
from feedback.tables import number, record, sender
from feedback.working_time.zone import here

TAIL = 4
"""Last digits of the telephone number that prove a sender (Article 12)."""
CONVERSATION = 50
"""How many records of one conversation are looked at."""
_PAGE = 1000


class OvertakenError(FeedbackError):
    """Somebody else changed the record meanwhile: read it again."""


class NoSuchRecordError(FeedbackError):
    """There is no such record, or not for this actor: the two are not told apart."""


class RegisterStore:
    """The register of one database."""

    def __init__(self, seals: Seals, hashes: Hashes, words: FoldsText) -> None:
        self._seals = seals
        self._hashes = hashes
        self._words = words

    async def enter(self, session: AsyncSession, given: Submission, placing: Placing, at: datetime) -> Case:
        """Enter a record under the next number of its book and year, with its sender.

        Other writers of the same book wait until the transaction ends; when it is undone, so is the number.
        """
        year = here(at).year
        row = row_of(given, placing, at) | {
            "year": year,
            "number": await _next_number(session, given.book, year),
            "body": self._seals.seal(msgspec.msgpack.encode(given.matter), _about(given.receipt)),
            "masked": self._words.mask(given.matter.text),
        }
        found = (await session.execute(insert(record).values(row).returning(record))).one()
        await session.execute(insert(sender).values(self._sender_row(found.id, given, placing)))
        return self._case(found)

    async def get(self, session: AsyncSession, record_id: int) -> Case:
        """Return a record.

        Raises:
            NoSuchRecordError: there is none.
        """
        row = (await session.execute(select(record).where(record.c.id == record_id))).one_or_none()
        if row is None:
            raise NoSuchRecordError(f"no record {record_id}")
        return self._case(row)

    async def by_receipt(self, session: AsyncSession, receipt: str) -> Case | None:
        """Return the record of a receipt number in normal form; ``None`` for none."""
        row = (await session.execute(select(record).where(record.c.receipt == receipt))).one_or_none()
        return self._case(row) if row else None

    async def by_number(self, session: AsyncSession, book: Book, year: int, given: int) -> Case | None:
        """Return the record with a number in a book's year; ``None`` for none."""
        chosen = select(record).where(record.c.book == book, record.c.year == year, record.c.number == given)
        row = (await session.execute(chosen)).one_or_none()
        return self._case(row) if row else None

    async def change(self, session: AsyncSession, case: Case, values: Mapping[str, Any]) -> Case:
        """Change columns of a record as it was read.

        Raises:
            OvertakenError: somebody else changed it meanwhile.
        """
        mine = update(record).where(record.c.id == case.id, record.c.revision == case.revision)
        changed = mine.values(revision=case.revision + 1, **values).returning(record)
        row = (await session.execute(changed)).one_or_none()
        if row is None:
            raise OvertakenError(f"record {case.register_number} was changed meanwhile; read it again")
        return self._case(row)

    async def restate(
        self, session: AsyncSession, case: Case, matter: Matter, values: Mapping[str, Any] = MappingProxyType({})
    ) -> Case:
        """Replace the matter, as after a supplement, with other columns if need be; see ``change``."""
        body = self._seals.seal(msgspec.msgpack.encode(matter), _about(case.receipt))
        told = {"body": body, "masked": self._words.mask(matter.text)} | matter_columns(matter)
        return await self.change(session, case, {**told, **values})

    async def turn(self, session: AsyncSession, book: Book, day: datetime) -> None:
        """Wait until no other writer enters into the book of that moment's year: what is looked for from then on is there or not."""
        year = here(day).year
        await session.execute(
            insertion(session, number)
            .values(book=book, year=year, last=0)
            .on_conflict_do_nothing(index_elements=["book", "year"])
        )
        await session.execute(
            select(number.c.last).where(number.c.book == book, number.c.year == year).with_for_update()
        )

    async def hold(self, session: AsyncSession, ids: Iterable[int]) -> None:
        """Keep other writers off several records, in one order, so that two who change the same ones do not wait for each other."""
        mine = select(record.c.id).where(record.c.id.in_(set(ids))).order_by(record.c.id)
        await session.execute(mine.with_for_update())

    async def of_conversation(self, session: AsyncSession, where: Address, since: datetime) -> Sequence[Case]:
        """Return what one conversation handed in since then, the newest first."""
        mine = select(record).join(sender, sender.c.record == record.c.id)
        rows = await session.execute(
            mine.where(*_theirs(where), record.c.entered_at >= since).order_by(record.c.id.desc()).limit(CONVERSATION)
        )
        return [self._case(row) for row in rows]

    async def count_of_conversation(self, session: AsyncSession, where: Address, since: datetime) -> int:
        """Return how many records one conversation handed in since then."""
        mine = select(func.count()).select_from(record.join(sender, sender.c.record == record.c.id))
        return (await session.scalar(mine.where(*_theirs(where), record.c.entered_at >= since))) or 0

    async def merged(self, session: AsyncSession, record_id: int) -> Sequence[Case]:
        """Return every record that was merged into one, and into those, the oldest first."""
        found: dict[int, Case] = {}
        into = {record_id}
        while into:
            rows = await session.execute(select(record).where(record.c.merged_into.in_(into)))
            more = [self._case(row) for row in rows]
            into = {case.id for case in more} - found.keys()
            found |= {case.id: case for case in more}
        return [found[one] for one in sorted(found)]

    async def sender(self, session: AsyncSession, case: Case) -> SenderOf:
        """Return who sent a record: only for a service that has asked whether its actor may see it."""
        row = (await session.execute(select(sender).where(sender.c.record == case.id))).one()
        plain = self._seals.open(row.body, _about(case.receipt))
        where = Address(row.channel, row.account, row.conversation) if row.channel else None
        to_publish = row.publish_agreed_at
        agreed = Consent(row.consent_version, row.consent_at, to_publish is not None, to_publish)
        who = msgspec.msgpack.decode(plain, type=Sender)
        return SenderOf(who, agreed, where, row.language, row.restricted_at)

    async def originals(self, session: AsyncSession) -> AsyncIterator[Original]:
        """See ``feedback.originals.KeepsOriginals``: what was sent, and who sent it."""
        last, columns = 0, (record.c.id, record.c.receipt, record.c.body, sender.c.body.label("who"))
        while True:
            page = select(*columns).join(sender, sender.c.record == record.c.id).where(record.c.id > last)
            rows = (await session.execute(page.order_by(record.c.id).limit(_PAGE))).all()
            for row in rows:
                place = _about(row.receipt)
                yield Original(row.id, MATTER, opened_digest(self._seals, row.body, place))
                yield Original(row.id, SENDER, opened_digest(self._seals, row.who, place))
            if len(rows) < _PAGE:
                return
            last = rows[-1].id

    def tail_hash(self, receipt: str, four: str) -> bytes:
        """Return under what the last four digits of a sender's number are kept: equal digits of two records differ."""
        return self._hashes.of(receipt, four)

    def _sender_row(self, record_id: int, given: Submission, placing: Placing) -> dict[str, Any]:
        who, where, agreed = given.sender, given.where, given.consent
        tail = who.phone[-TAIL:]
        return {
            "record": record_id,
            "body": self._seals.seal(msgspec.msgpack.encode(who), _about(given.receipt)),
            "phone_tail": self.tail_hash(given.receipt, tail) if tail else None,
            "channel": where.channel if where else None,
            "account": where.account if where else None,
            "conversation": where.conversation if where else None,
            "language": given.language,
            "consent_version": agreed.version,
            "consent_at": agreed.at,
            "publish_agreed_at": (agreed.publish_at or given.at) if agreed.publish else None,
            "restricted_at": placing.restricted_at,
        }

    def _case(self, row: Row[Any]) -> Case:
        plain = self._seals.open(row.body, _about(row.receipt))
        values = {name: getattr(row, name) for name in _SAME}
        return Case(
            **values,
            book=Book(row.book),
            form=Form(row.form),
            kind=Kind(row.kind),
            about=About(row.about),
            border=Border(row.border),
            category=Category(row.category) if row.category else None,
            status=Status(row.status),
            matter=msgspec.msgpack.decode(plain, type=Matter),
            field=row.field or "",
            officer=row.officer or "",
            accused=row.accused or "",
            sender_kind=SenderKind(row.sender_kind),
            basis=row.basis or "",
            outcome=Outcome(row.outcome) if row.outcome else None,
        )


_SAME = [
    "id",
    "receipt",
    "year",
    "number",
    "channel",
    "masked",
    "unit",
    "submitted_at",
    "entered_at",
    "clock_from",
    "ended_at",
    "merged_into",
    "split_from",
    "reopened",
    "satisfied",
    "publishable",
    "sample",
    "revision",
]
"""Columns that a case has as they are."""


def _theirs(where: Address) -> tuple[ColumnElement[bool], ...]:
    return (
        sender.c.channel == where.channel,
        sender.c.account == where.account,
        sender.c.conversation == where.conversation,
    )


async def _next_number(session: AsyncSession, book: Book, year: int) -> int:
    made = insertion(session, number).values(book=book, year=year, last=1)
    counted = made.on_conflict_do_update(
        index_elements=[number.c.book, number.c.year], set_={"last": number.c.last + 1}
    ).returning(number.c.last)
    given: int = (await session.execute(counted)).scalar_one()
    return given


def _about(receipt: str) -> str:
    return f"feedback {receipt}"


SEALED = (
    SealedColumn(record, "body", lambda row: _about(row.receipt), (record.c.receipt,)),
    SealedColumn(
        sender,
        "body",
        lambda row: _about(row.receipt),
        (record.c.receipt,),
        sender.join(record, record.c.id == sender.c.record),
    ),
)
