"""The register and the log alone come to the same numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from feedback.actor import Actor, NotAllowedError, Role
from feedback.clock_store import ClockStore
from feedback.clocks import Timer
from feedback.disclosure import Disclosure
from feedback.ports import DossierCounts
from feedback.record import Book, Border, Outcome
from feedback.reports.counting import tally, total
from feedback.reports.making import Reports
from feedback.reports.national import item
from feedback.reports.story import Period
from feedback.reports.story_store import replayed, stories
from feedback.steps import Outside, build_steps
from feedback.timekeeping import Clocks
from feedback.triage import Receiver, Said
from feedback.working_time.loading import load_working_time
from tests.feedback.desk import APPROVER, HANDLER, JUSTICE, OFFICE, RECEIVER, REPORTER, SIX, Desk, OneProcedure, written
from tests.feedback.fakes import SimpleWords
from tests.feedback.records import NOW, RULE, SLOW

WORKING = load_working_time()
TIMER = Timer(WORKING.rules, WORKING.hours(), "H48")
DAY = timedelta(days=1)


def timed() -> Desk:
    """All services with real clocks."""
    desk = Desk()
    clocks = Clocks(ClockStore(), TIMER)
    outside = Outside(desk.heard, desk.posted, SimpleWords(), OneProcedure(), desk.files, (clocks,))
    desk.steps = build_steps(desk.register, desk.log, desk.answers, OFFICE, outside)
    return desk


async def _busy_month(session: AsyncSession, desk: Desk) -> None:
    """Six records that go different ways."""
    rule: dict[str, Any] = {"suggested": RULE}
    ways: list[dict[str, Any]] = [{}, rule, {}, rule, {"certain": False}, rule]
    conduct, content, supplemented, gone, turned, late = [
        (await desk.steps.intake.receive(session, written(at=NOW + at * DAY, **more), NOW + at * DAY)).id
        for at, more in enumerate(ways)
    ]
    steps = desk.steps
    for record in (conduct, content, supplemented, late):
        await steps.triage.take(session, RECEIVER, record, NOW + 6 * DAY, unit=JUSTICE)
    await steps.supplementing.ask_supplement(session, HANDLER, supplemented, "thiếu ngày", NOW + 7 * DAY)
    await steps.triage.forward(session, RECEIVER, gone, Receiver("BTP", "Bộ Tư pháp"), "thẩm quyền", NOW + 20 * DAY)
    await steps.triage.redirect(session, RECEIVER, turned, Border.COMPLAINT, "khiếu nại", NOW + 8 * DAY)
    await steps.handling.draft(session, HANDLER, conduct, "Đã nhắc nhở.", Outcome.CONDUCT_FOUND, NOW + 9 * DAY)
    await steps.answering.decide(session, APPROVER, conduct, NOW + 10 * DAY)
    await steps.own.rate(session, conduct, 2, NOW + 11 * DAY)
    await steps.own.reopen(session, conduct, "chưa xong", NOW + 12 * DAY)
    for record, day in ((content, 9), (late, 40)):
        await steps.handling.assess(session, HANDLER, record, SIX, NOW + day * DAY)
        await steps.handling.draft(session, HANDLER, record, "Sẽ sửa.", Outcome.PROPOSE, NOW + day * DAY)
        await steps.answering.decide(session, APPROVER, record, NOW + day * DAY)
    await steps.answering.to_publish(session, APPROVER, content, NOW + 41 * DAY)


@pytest.mark.parametrize(("since", "until"), [(-1, 15), (0, 31), (15, 60), (41, 42)])
async def test_the_log_alone_comes_to_the_same_numbers(database: UnitOfWork, since: int, until: int) -> None:
    desk, period = timed(), Period(NOW + since * DAY, NOW + until * DAY)
    async with database.write() as session:
        await _busy_month(session, desk)
    async with database.read() as session:
        kept = tally([story async for story in stories(session, desk.log, Book.REGISTER, period)], period)
        told = tally(await replayed(session, desk.log, TIMER, Book.REGISTER), period)
        practised = [story async for story in stories(session, desk.log, Book.TRIAL, period)]
    assert kept == told
    assert kept
    assert practised == []


async def test_the_numbers_are_right(database: UnitOfWork) -> None:
    desk, period = timed(), Period(NOW - DAY, NOW + 50 * DAY)
    async with database.write() as session:
        await _busy_month(session, desk)
        counts = total(tally([story async for story in stories(session, desk.log, Book.REGISTER, period)], period))
    wanted = {
        "new": 6,
        "handled": 3,
        "handled_on_time": 2,
        "handled_late": 1,
        "forwarded": 1,
        "forwarded_late": 1,
        "out_of_scope": 1,
        "reopened": 1,
        "in_process": 2,
        "awaiting_publication": 1,
        "outcome_propose": 2,
        "dissatisfied": 1,
    }
    assert {key: counts[key] for key in wanted} == wanted


class NoDossiers:
    """An agency without dossiers."""

    async def count(self, session: AsyncSession, agency: str, since: object, until: object) -> DossierCounts:
        return DossierCounts(0, 0, 0)


async def test_reports_are_for_officials_and_end_with_where_the_log_stood(database: UnitOfWork) -> None:
    desk, period = timed(), Period(NOW - DAY, NOW + 50 * DAY)
    reports = Reports(desk.log, NoDossiers(), Disclosure(OFFICE))
    async with database.write() as session:
        await _busy_month(session, desk)
        made = await reports.periodic(session, REPORTER, period, Book.REGISTER, NOW + 50 * DAY)
        seq, newest = await desk.log.last(session)
        assert (made.anchor.seq, made.anchor.hash) == (seq, newest.hex())
        with pytest.raises(NotAllowedError):
            await reports.periodic(session, replace(REPORTER, roles=frozenset()), period, Book.REGISTER, NOW)
        lines = await reports.register_book(session, REPORTER, period, Book.REGISTER, NOW)
    assert [line.story.number for line in lines] == [1, 2, 3, 4, 5, 6]
    assert lines[0].ended_at is None
    assert lines[1].ended_at == NOW + 9 * DAY
    items = [item(line) for line in lines]
    assert [one["TrangThai"] for one in items if one] == [
        "Xử lý ở địa phương",
        "PAKN chờ công khai",
        "PA chờ bổ sung",
        "BNĐP gửi trả lại BNĐP khác",
        "Từ chối tiếp nhận",
        "PAKN chờ công khai",
    ]
    assert all("Nguyễn" not in str(one) and "+84" not in str(one) for one in items)


async def test_the_book_shows_receipts_to_who_may_see_senders_and_nobody_words_about_oneself(
    database: UnitOfWork,
) -> None:
    desk, period = Desk(), Period(NOW - DAY, NOW + DAY)
    reports = Reports(desk.log, NoDossiers(), Disclosure(OFFICE))
    async with database.write() as session:
        conduct = await desk.received(session, suggested=SLOW)
        rule = await desk.received(session, suggested=RULE)
        accused = Said(SLOW, accused="baocao")
        await desk.steps.triage.classify(session, RECEIVER, conduct.id, accused, NOW)

        async def book(actor: Actor) -> list[tuple[str, str, bool]]:
            lines = await reports.register_book(session, actor, period, Book.REGISTER, NOW)
            return [(line.story.receipt, line.words, line.withheld) for line in lines]

        both = replace(RECEIVER, roles=frozenset({Role.RECEIVER, Role.HANDLER}))
        words = conduct.masked
        assert await book(RECEIVER) == [(conduct.receipt, words, False), (rule.receipt, words, False)]
        assert await book(both) == [("", words, False), (rule.receipt, words, False)]
        assert await book(APPROVER) == [("", words, False), ("", words, False)]
        assert await book(REPORTER) == [("", "", True), ("", words, False)]
