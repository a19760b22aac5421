"""What is said about a procedure: grouped, masked, and never to whom it complains about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import NotAllowedError
from feedback.record import Book
from feedback.reports.by_procedure import ByProcedure
from feedback.reports.story import Period
from feedback.tables import record
from tests.feedback.desk import HANDLER, RECEIVER, REPORTER, Desk, written
from tests.feedback.fakes import SimpleWords
from tests.feedback.records import NOW

BIRTH = "1.001193"
PERIOD = Period(NOW - timedelta(days=1), NOW + timedelta(days=1))
SAID = (
    "phường bắt nộp bản sao sổ hộ khẩu có công chứng khi làm khai sinh",
    "làm khai sinh mà phường bắt nộp bản sao sổ hộ khẩu có công chứng",
    "chờ ba tuần vẫn chưa có giấy",
)
BY = ByProcedure(SimpleWords())


async def _received(session: AsyncSession) -> None:
    desk = Desk()
    for text in SAID:
        given = written(at=NOW)
        matter = replace(given.matter, text=text, procedure_code=BIRTH, procedure_name="Đăng ký khai sinh")
        await desk.steps.intake.receive(session, replace(given, matter=matter), NOW)


async def test_what_several_say_is_one_theme_and_the_accused_reads_nothing_of_the_own_case(
    database: UnitOfWork,
) -> None:
    async with database.write() as session:
        await _received(session)
        found = await BY.themes(session, REPORTER, Book.REGISTER, PERIOD, [BIRTH])
        assert ([(one.count, one.example) for one in found.themes], list(found.single)) == ([(2, SAID[0])], [SAID[2]])
        assert sum((await BY.counts(session, REPORTER, Book.REGISTER, PERIOD))[BIRTH].values()) == 3
        await session.execute(update(record).where(record.c.masked == SAID[2]).values(accused=REPORTER.id))
        assert list((await BY.themes(session, REPORTER, Book.REGISTER, PERIOD, [BIRTH])).single) == []
        assert list((await BY.themes(session, RECEIVER, Book.REGISTER, PERIOD, [BIRTH])).single) == [SAID[2]]
        await session.execute(update(record).values(status="withdrawn"))
        assert await BY.counts(session, REPORTER, Book.REGISTER, PERIOD) == {}


async def test_who_reads_no_reports_reads_none_of_this(database: UnitOfWork) -> None:
    async with database.read() as session:
        with pytest.raises(NotAllowedError):
            await BY.themes(session, HANDLER, Book.REGISTER, PERIOD, [BIRTH])
