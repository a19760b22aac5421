"""What the register has to tell reaches the delivery once, in its order, and what cannot leave is set aside and said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref, Reply
from bot.delivery.errors import ChannelOffError
from bot.feedback.handing_on import HandingOn
from bot.unit_of_work import UnitOfWork
from feedback.keeping_store import FAILED, KeepingStore
from feedback.log_store import LogStore
from feedback.office import Office, Policy, Unit
from feedback.outgoing_store import OutgoingStore
from feedback.ports import Mail, Notice, NoticeKind
from feedback.record import Address
from feedback.reminders import Reminder, Stage
from feedback.tables import outgoing
from tests.feedback.desk import OFFICE, Heard
from tests.feedback.fakes import OpenSeals
from tests.feedback.records import NOW

TO = Address("web", "default", "somebody")
STORE = OutgoingStore(OpenSeals(), lambda: NOW)


@dataclass
class FakeDelivery:
    """Takes notices; a channel may be off."""

    off: bool = False
    said: list[tuple[Ref, Reply, str]] = field(default_factory=list)

    async def notify(self, session: AsyncSession, ref: Ref, reply: Reply, key: str) -> bool:
        if self.off:
            raise ChannelOffError("The channel mail is switched off.")
        self.said.append((ref, reply, key))
        return True


def notice(key: str) -> Notice:
    return Notice(NoticeKind.SUPPLEMENT, "PA-7KQM-2XWP", {"why": "thiếu ngày"}, key)


def handing_on(database: UnitOfWork, delivery: FakeDelivery, heard: Heard) -> HandingOn:
    with_mail = replace_units(Unit("H48.12", "Sở Tư pháp", receives=True, email="stp@tinh.example"))
    return HandingOn(database, STORE, heard, delivery.notify, with_mail)


def replace_units(*units: Unit) -> Office:

    return msgspec.structs.replace(OFFICE, units=units)


async def test_everything_leaves_once_and_in_order(database: UnitOfWork) -> None:
    heard, delivery = Heard(), FakeDelivery()
    due = Reminder(Stage.OVERDUE, "feedback_process", 7, "PA-7KQM-2XWP", "7/2026", NOW)
    async with database.write() as session:
        for key in ("one", "two", "one"):
            await STORE.tell(session, TO, notice(key), "vi")
        await STORE.send(session, Mail("a@b.example", "Phản ánh\nmới", "Nội dung", ("file",), "mail"))
        for _ in range(2):
            await STORE.remind(session, "H48.12", due)
        await STORE.remind(session, "H48.99", due)
    work = handing_on(database, delivery, heard)
    assert await work.once() == 4
    assert await work.once() == 0
    assert [one.key for _, one in heard.notices] == ["one", "two"]
    (letter, reminder) = delivery.said
    assert (letter[0].conversation, letter[1].text, letter[1].files[0].url) == (
        "a@b.example",
        "Phản ánh mới\nNội dung",
        "attachment:file",
    )
    assert reminder[0].conversation == "stp@tinh.example"
    assert reminder[1].text.startswith("Phản ánh số 7/2026 đã quá hạn\n")


async def test_what_cannot_leave_is_set_aside_and_keeps_nobody_waiting(database: UnitOfWork) -> None:
    heard, delivery = Heard(), FakeDelivery(off=True)
    work = handing_on(database, delivery, heard)
    async with database.write() as session:
        await STORE.send(session, Mail("a@b.example", "A", "B", (), "mail"))
        await STORE.tell(session, TO, notice("one"), "vi")
    await work.once()
    assert [one.key for _, one in heard.notices] == ["one"]
    async with database.write() as session:
        assert [(one.key, why) for one, why in await STORE.stuck(session)] == [
            ("mail", "The channel mail is switched off.")
        ]
        assert await STORE.retry(session) == 1
    delivery.off = False
    await work.once()
    assert [key for _, _, key in delivery.said] == ["mail"]


async def test_what_was_undone_with_its_cause_does_not_leave(database: UnitOfWork) -> None:
    with pytest.raises(RuntimeError):
        await _told_and_crashed(database)
    heard = Heard()
    await handing_on(database, FakeDelivery(), heard).once()
    assert heard.notices == []


async def _told_and_crashed(database: UnitOfWork) -> None:
    async with database.write() as session:
        await STORE.tell(session, TO, notice("one"), "vi")
        raise RuntimeError("crash")


async def test_nothing_readable_waits(database: UnitOfWork) -> None:
    async with database.write() as session:
        await STORE.tell(session, TO, notice("one"), "vi")
        row = (await session.execute(select(outgoing))).one()
    assert [value for value in row if isinstance(value, str) and "ngày" in value] == []


@dataclass
class Speechless(Heard):
    """Cannot say one of the notices."""

    async def tell(self, session: AsyncSession, to: Address, notice: Notice, language: str) -> None:
        if notice.key == "one":
            raise KeyError(notice.values["why"])
        await super().tell(session, to, notice, language)


async def test_what_cannot_be_said_keeps_nothing_else_back(
    database: UnitOfWork, caplog: pytest.LogCaptureFixture
) -> None:
    heard = Speechless()
    async with database.write() as session:
        for key in ("one", "two"):
            await STORE.tell(session, TO, notice(key), "vi")
    work = handing_on(database, FakeDelivery(), heard)
    await work.once()
    assert [one.key for _, one in heard.notices] == ["two"]
    async with database.read() as session:
        assert [(one.key, why) for one, why in await STORE.stuck(session)] == [("one", "KeyError")]
    assert "thiếu" not in caplog.text


async def test_what_can_be_taken_back_waits_and_what_is_let_go_leaves_in_its_order(database: UnitOfWork) -> None:
    later, moments = NOW + timedelta(minutes=1), [NOW]
    store = OutgoingStore(OpenSeals(), lambda: moments[-1])

    async def waiting() -> list[str]:
        async with database.read() as session:
            return [one.key for one in await store.waiting(session, 9)]

    async with database.write() as session:
        for key, held in (("feedback.1.a", later), ("feedback.12.b", later), ("feedback.1.c", None)):
            await store.tell(session, TO, replace(notice(key), held_until=held), "vi")
    assert await waiting() == ["feedback.1.c"]
    async with database.write() as session:
        await store.release(session, "feedback.1.")
    assert await waiting() == ["feedback.1.a", "feedback.1.c"]
    async with database.write() as session:
        assert await store.drop(session, "feedback.1.") == 0, "what is let go leaves"
    moments.append(later)
    assert await waiting() == ["feedback.1.a", "feedback.12.b", "feedback.1.c"]
    async with database.write() as session:
        assert await store.drop(session, "feedback.12.") == 1
    assert await waiting() == ["feedback.1.a", "feedback.1.c"]


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_what_cannot_be_opened_is_set_aside_and_keeps_nothing_back(database: UnitOfWork) -> None:
    heard = Heard()
    async with database.write() as session:
        for key in ("one", "two"):
            await STORE.tell(session, TO, notice(key), "vi")
        await session.execute(update(outgoing).where(outgoing.c.key == "one").values(body=b"elsewhere\0"))
    await handing_on(database, FakeDelivery(), heard).once()
    async with database.read() as session:
        assert [(one.key, why) for one, why in await STORE.stuck(session)] == [("one", "ValueError")]
    assert [one.key for _, one in heard.notices] == ["two"]


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_what_could_not_leave_is_dropped_after_its_days_and_nothing_else_is(database: UnitOfWork) -> None:
    keeping = KeepingStore(OpenSeals(), LogStore(OpenSeals()), Policy())
    async with database.write() as session:
        for key in ("stuck", "waits"):
            await STORE.tell(session, TO, notice(key), "vi")
        await session.execute(update(outgoing).where(outgoing.c.key == "stuck").values(failed="ValueError"))
        await keeping.forget(session, NOW + FAILED)
        assert len((await session.scalars(select(outgoing.c.key))).all()) == 2
        await keeping.forget(session, NOW + FAILED + timedelta(seconds=1))
        assert (await session.scalars(select(outgoing.c.key))).all() == ["waits"]
