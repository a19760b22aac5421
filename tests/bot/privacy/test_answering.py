"""Requests about data: noted once, answered by officials alone, told once, and kept as long as they wait."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import load_house_texts, project_root
from bot.channels.contract import Ref, Reply
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.errors import ChannelOffError
from bot.privacy.answering import DataDesk, TellingAnswers
from bot.privacy.request import NewRequest, RequestKind, RequestState
from bot.privacy.request_store import KEPT, DataRequestStore
from bot.privacy.tables import data_request
from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, NotAllowedError, Role
from tests.bot.messages import NOW, ref
from tests.fakes.privacy import FakeRegister

STORE = DataRequestStore(AesGcmCipher("e" * 40))
OFFICIAL = Actor("an", "H48.1", frozenset({Role.RECEIVER}))
ASKED = NewRequest(
    "DL-7KQM-2XWP",
    RequestKind.DELETE,
    "Đề nghị xóa tên tôi trong sổ.",
    NOW + timedelta(days=2),
    NOW + timedelta(days=20),
)
NUMBER = ASKED.number


@dataclass
class FakeDelivery:
    """Takes notices; the channel may be off."""

    off: bool = False
    broken: str = ""
    """Words that cannot be said."""
    said: list[tuple[Ref, str, str]] = field(default_factory=list)

    async def notify(self, session: AsyncSession, ref: Ref, reply: Reply, key: str) -> bool:
        if self.off:
            raise ChannelOffError("The channel web is switched off.")
        if self.broken and self.broken in reply.text:
            raise KeyError(self.broken)
        self.said.append((ref, reply.text, key))
        return True


def telling(database: UnitOfWork, delivery: FakeDelivery) -> TellingAnswers:
    return TellingAnswers(database, STORE, load_house_texts(project_root()), delivery.notify)


async def note(database: UnitOfWork, *asked: NewRequest) -> None:
    async with database.write() as session:
        for one in asked or (ASKED,):
            await STORE.note(session, ref(), one, NOW)


async def step(
    database: UnitOfWork,
    state: RequestState,
    words: str = "",
    register: FakeRegister | None = None,
    *,
    number: str = NUMBER,
    at: datetime = NOW,
) -> bool:
    desk = DataDesk(STORE, (STORE, *([register] if register else [])))
    async with database.write() as session:
        return await desk.step(session, OFFICIAL, number, (state, words), at)


async def test_the_same_number_twice_is_one_request_and_nothing_of_it_is_readable(database: UnitOfWork) -> None:
    await note(database)
    await note(database)
    async with database.read() as session:
        rows = [tuple(row) for row in await session.execute(select(data_request))]
        (found,) = await STORE.listed(session, NOW)
        assert await STORE.count_open(session, ref()) == 1
    assert "xóa tên" not in repr(rows)
    assert (found.asked, found.state, found.due_at) == (ASKED, RequestState.OPEN, ASKED.acknowledge_by)


async def test_what_is_due_first_stands_first(database: UnitOfWork) -> None:
    soon = replace(ASKED, number="DL-2222-2222", acknowledge_by=NOW - timedelta(days=1))
    await note(database, ASKED, soon)
    await step(database, RequestState.ACKNOWLEDGED)
    async with database.read() as session:
        assert [one.asked.number for one in await STORE.listed(session, NOW)] == ["DL-2222-2222", NUMBER]


async def test_what_waits_is_counted_and_what_of_it_is_late_by_its_next_step(database: UnitOfWork) -> None:
    soon = replace(ASKED, number="DL-2222-2222", acknowledge_by=NOW - timedelta(days=1))
    done = replace(soon, number="DL-3333-3333")
    await note(database, ASKED, soon, done)
    await step(database, RequestState.ANSWERED, "Xong.", number=done.number)
    async with database.read() as session:
        assert await STORE.count_waiting(session, NOW) == (2, 1)
    await step(database, RequestState.ACKNOWLEDGED, number=soon.number)
    async with database.read() as session:
        assert await STORE.count_waiting(session, NOW) == (2, 0)


async def test_only_who_may_see_senders_sees_and_answers(database: UnitOfWork) -> None:
    await note(database)
    desk, reporter = DataDesk(STORE, ()), Actor("x", "H48.1", frozenset({Role.REPORTER}))
    async with database.write() as session:
        with pytest.raises(NotAllowedError):
            await desk.listed(session, reporter, NOW, ended=False)
        with pytest.raises(NotAllowedError):
            await desk.step(session, reporter, NUMBER, (RequestState.ANSWERED, "xong"), NOW)


async def test_each_step_is_told_once_and_an_ended_request_cannot_be_ended_again(database: UnitOfWork) -> None:
    await note(database)
    delivery = FakeDelivery()
    assert await step(database, RequestState.ACKNOWLEDGED)
    assert not await step(database, RequestState.ACKNOWLEDGED)
    assert await telling(database, delivery).once() == 1
    assert await step(database, RequestState.ANSWERED, "Đã xóa.")
    assert not await step(database, RequestState.REFUSED, "không")
    assert await telling(database, delivery).once() == 1
    assert await telling(database, delivery).once() == 0
    assert [(to, key) for to, _, key in delivery.said] == [
        (ref(), f"data:{NUMBER}:acknowledged"),
        (ref(), f"data:{NUMBER}:answered"),
    ]
    assert "Đã xóa." in delivery.said[1][1]


async def test_a_refusal_tells_why_and_what_stays_serves_the_law_alone(database: UnitOfWork) -> None:
    await note(database)
    register, delivery = FakeRegister(entries={ref(): "phản ánh"}), FakeDelivery()
    assert await step(database, RequestState.REFUSED, "Sổ phải lưu theo luật lưu trữ.", register)
    await telling(database, delivery).once()
    assert register.restricted == {ref(): NOW}
    assert "luật lưu trữ" in delivery.said[0][1]
    assert "chỉ dùng cho việc luật định" in delivery.said[0][1]


async def test_an_answer_can_be_taken_back_and_the_next_one_is_told_as_well(database: UnitOfWork) -> None:
    await note(database)
    delivery, register = FakeDelivery(), FakeRegister(entries={ref(): "phản ánh"})
    assert not await step(database, RequestState.REOPENED, "chưa có gì")
    await step(database, RequestState.ANSWERED, "Đã xóa.")
    await telling(database, delivery).once()
    assert await step(database, RequestState.REOPENED, "nhầm người", register)
    await telling(database, delivery).once()
    async with database.read() as session:
        (found,) = await STORE.listed(session, NOW)
    assert (found.due_at, found.ended_at, found.taken_back_at) == (ASKED.answer_by, None, NOW)
    assert await step(database, RequestState.ANSWERED, "Chỉ xóa tên.")
    await telling(database, delivery).once()
    assert len({key for _, _, key in delivery.said}) == len(delivery.said) == 3
    assert "nhầm người" in delivery.said[1][1]
    assert "Chỉ xóa tên." in delivery.said[2][1]
    assert max(len(key) for _, _, key in delivery.said) <= 56


async def test_what_its_person_withdraws_has_ended_and_restricts_nothing(database: UnitOfWork) -> None:
    await note(database)
    delivery, register = FakeDelivery(), FakeRegister(entries={ref(): "phản ánh"})
    assert await step(database, RequestState.WITHDRAWN, "", register)
    assert not await step(database, RequestState.REOPENED, "x")
    await telling(database, delivery).once()
    assert "rút yêu cầu" in delivery.said[0][1]
    assert register.restricted == {}
    async with database.read() as session:
        assert await STORE.count_open(session, ref()) == 0


async def test_what_cannot_be_told_is_set_aside_and_shown(database: UnitOfWork) -> None:
    await note(database)
    await step(database, RequestState.ACKNOWLEDGED)
    delivery = FakeDelivery(off=True)
    await telling(database, delivery).once()
    assert await telling(database, delivery).once() == 0
    async with database.read() as session:
        (found,) = await STORE.listed(session, NOW)
    assert not found.told


async def test_what_cannot_be_said_keeps_nobody_elses_answer_back(
    database: UnitOfWork, caplog: pytest.LogCaptureFixture
) -> None:
    other = replace(ASKED, number="DL-2222-2222")
    await note(database, ASKED, other)
    await step(database, RequestState.ANSWERED, "không nói được")
    await step(database, RequestState.ANSWERED, "Đã xóa.", number=other.number)
    delivery = FakeDelivery(broken="không nói được")
    await telling(database, delivery).once()
    assert [key for _, _, key in delivery.said] == [f"data:{other.number}:answered"]
    assert await telling(database, delivery).once() == 0
    assert NUMBER in caplog.text
    assert "không nói được" not in caplog.text


async def test_deleting_leaves_what_waits_and_takes_what_was_answered(database: UnitOfWork) -> None:
    await note(database, ASKED, replace(ASKED, number="DL-2222-2222"))
    await step(database, RequestState.ANSWERED, "xong")
    async with database.read() as session:
        before = [one.key for one in await STORE.describe(session, ref())]
    assert before == ["utter_held_datareq", "utter_held_datareq_ended"]
    async with database.write() as session:
        await STORE.erase(session, ref(), 1)
        (left,) = await STORE.describe(session, ref())
    assert left.values["number"] == "DL-2222-2222"
    assert left.kept_because == "utter_kept_datareq"


@pytest.mark.parametrize(("later", "gone"), [(KEPT, 0), (KEPT + timedelta(seconds=1), 1)])
async def test_an_answered_request_is_forgotten_after_a_year(database: UnitOfWork, later: timedelta, gone: int) -> None:
    await note(database, ASKED, replace(ASKED, number="DL-2222-2222"))
    await step(database, RequestState.ANSWERED, "xong")
    now: datetime = NOW + later
    async with database.write() as session:
        assert await STORE.forget(session, now) == gone


async def test_what_cannot_be_opened_is_listed_and_an_answer_that_cannot_is_told_to_nobody(
    database: UnitOfWork,
) -> None:
    other = replace(ASKED, number="DL-2222-2222")
    await note(database, ASKED, other)
    await step(database, RequestState.ANSWERED, "Đã xóa.")
    async with database.write() as session:
        lost = {"words": b"lost", "answer": b"lost"}
        await session.execute(data_request.update().where(data_request.c.number == NUMBER).values(lost))
    async with database.read() as session:
        found = {one.asked.number: one for one in await STORE.listed(session, NOW, ended=True)}
    assert found[NUMBER].unreadable == {"words", "answer"}
    assert (found[other.number].asked.words, found[other.number].unreadable) == (ASKED.words, frozenset())
    delivery = FakeDelivery()
    await telling(database, delivery).once()
    assert delivery.said == []
    async with database.read() as session:
        kept = await STORE.get(session, NUMBER)
    assert kept is not None
    assert not kept.told
