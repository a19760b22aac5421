"""The unit that receives is told of requests about data that wait, and of late ones, once each."""

from __future__ import annotations

import logging
from datetime import timedelta

import msgspec
import pytest

from bot.channels.contract import Ref
from bot.privacy.reminding import RemindingUnit
from bot.privacy.request import RequestState
from bot.unit_of_work import UnitOfWork
from feedback.office import Unit
from feedback.working_time.loading import load_working_time
from tests.bot.messages import NOW
from tests.bot.privacy.test_answering import ASKED, STORE, FakeDelivery, note, step
from tests.feedback.desk import OFFICE

POST = Ref("mail", "default", "vp@mau.example")


def reminding(
    database: UnitOfWork, delivery: FakeDelivery, later: timedelta, email: str = "vp@mau.example"
) -> RemindingUnit:
    units = (Unit("H48.1", "Văn phòng", receives=True, email=email),)
    office = msgspec.structs.replace(OFFICE, units=units)
    calendar = load_working_time().calendar
    return RemindingUnit(database, STORE, delivery.notify, office, calendar, lambda: NOW + later)


async def test_a_new_request_is_told_at_once_and_a_late_one_again_without_its_words(database: UnitOfWork) -> None:
    delivery, day = FakeDelivery(), timedelta(days=1)
    await note(database)
    for later, told in ((0 * day, 1), (day, 0), (3 * day, 1), (4 * day, 0)):
        assert await reminding(database, delivery, later).once() == told
    assert await step(database, RequestState.ACKNOWLEDGED)
    for later, told in ((4 * day, 0), (19 * day, 1), (21 * day, 1), (22 * day, 0)):
        assert await reminding(database, delivery, later).once() == told
    subjects = [text.splitlines()[0] for _, text, _ in delivery.said]
    assert [to for to, _, _ in delivery.said] == [POST] * 4
    assert [subject.endswith("đã quá hạn") for subject in subjects] == [False, True, False, True]
    assert all(ASKED.number in subject for subject in subjects)
    assert not any("xóa tên" in text for _, text, _ in delivery.said)
    assert len({key for _, _, key in delivery.said}) == 4


async def test_what_is_taken_up_again_twice_is_reminded_of_twice(database: UnitOfWork) -> None:
    delivery, late = FakeDelivery(), timedelta(days=30)
    await note(database)
    for days in (1, 2):
        assert await step(database, RequestState.ANSWERED, "xong")
        assert await step(database, RequestState.REOPENED, "nhầm", at=NOW + timedelta(days=days))
        assert await reminding(database, delivery, late).once() == 1
    assert len({key for _, _, key in delivery.said}) == len(delivery.said) == 2


async def test_where_no_letter_can_leave_it_is_written_in_the_log_once(
    database: UnitOfWork, caplog: pytest.LogCaptureFixture
) -> None:
    await note(database)
    off = FakeDelivery(off=True)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            await reminding(database, off, timedelta()).once()
    assert caplog.text.count(ASKED.number) == 1
    await step(database, RequestState.ACKNOWLEDGED)
    assert await reminding(database, off, timedelta(days=30), email="").once() == 1
    assert await reminding(database, off, timedelta(days=30), email="").once() == 0
