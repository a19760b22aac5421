"""Notices: once per change, in order, with the mark or not at all, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.tables import OutboxState, outbox
from bot.dossiers.record import Record, Status
from bot.dossiers.tables import dossier, dossier_change
from bot.dossiers.watching.quiet import QuietHours
from bot.dossiers.watching.telling import Teller
from bot.dossiers.watching.wording import Said
from bot.unit_of_work import UnitOfWork
from feedback.working_time.loading import load_working_time
from tests.bot.dossiers.records import CODE, OTHER, apology, record
from tests.bot.dossiers.watching.conftest import MORNING, TIME, World
from tests.bot.messages import ref

DUE = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
BASE = record(status=Status.RECEIVED, due_at=DUE)


async def test_each_change_is_told_once_in_order_with_two_buttons(world: World) -> None:
    await world.put(BASE)
    await world.watch()
    assert await world.teller.look() == 0
    for status in (Status.NEED_SUPPLEMENT, Status.IN_PROGRESS, Status.NEED_PAYMENT, Status.DONE):
        world.now += timedelta(minutes=10)
        await world.put(record(status=status, due_at=DUE, missing=("Ảnh 3x4",), fee_due=50_000, collect_at="Quầy 2"))
    assert await world.teller.look() == 4
    assert await world.teller.look() == 0
    texts = await world.texts()
    assert "bổ sung" in texts[0]
    assert "Ảnh 3x4" in texts[0]
    assert "giải quyết tiếp" in texts[1]
    assert "50.000 đồng" in texts[2]
    assert "Quầy 2" in texts[3]
    async with world.database.read() as session:
        assert (await session.execute(outbox.select())).mappings().first()["key"] == "n:w:1:2:supplement.0"  # type: ignore[index]


async def test_the_buttons_show_and_stop(world: World) -> None:
    said = world.manners.voice.back(CODE, "vi")
    assert [choice.id for choice in said.reply.choices] == [f"do:dossier:{CODE}"]
    late = world.manners.voice.missed(CODE, MORNING, "en")
    assert [choice.id for choice in late.reply.choices] == [f"do:dossier:{CODE}", f"do:unwatch:{CODE}"]


async def test_who_is_not_proven_hears_only_that_it_moved(world: World) -> None:
    await world.put(BASE)
    await world.watch(level=0)
    for status in (Status.NEED_SUPPLEMENT, Status.DONE, Status.RETURNED):
        world.now += timedelta(minutes=10)
        await world.put(record(status=status, due_at=DUE, missing=("Ảnh 3x4",), collect_at="Quầy 2"))
    assert await world.teller.look() == 2
    first, second = await world.texts()
    assert "đang giải quyết" in first
    assert "đã kết thúc" in second
    for secret in ("Ảnh", "Quầy", "bổ sung", "27/11", "Nguyễn", "N***"):
        assert secret not in first + second


async def test_several_people_watch_one_dossier_each_in_their_language(world: World) -> None:
    english = ref("english", "fake")
    await world.put(BASE)
    await world.watch()
    await world.watch(to=english)
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.DONE, due_at=DUE))
    assert await world.teller.look() == 2
    assert "result is ready" in (await world.said(english))[0]


async def test_a_round_that_runs_into_the_night_stops_and_goes_on_in_the_morning(world: World) -> None:
    people = [ref(f"p{number}", "fake") for number in range(3)]
    await world.put(BASE)
    for one in people:
        await world.watch(to=one)
    world.now = datetime(2026, 11, 23, 13, 58, tzinfo=UTC)
    await world.put(record(status=Status.DONE, due_at=DUE))

    async def slow(session: AsyncSession, to: Ref, said: Said, key: str) -> bool:
        world.now += timedelta(minutes=1)
        return await world.notify(session, to, said, key)

    teller = Teller(world.database, world.watches, world.store, replace(world.manners, notify=slow), TIME, world.clock)
    assert await teller.look() == 2
    world.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    assert await teller.look() == 1
    assert [len(await world.texts(one)) for one in people] == [1, 1, 1]


async def test_news_of_the_night_waits_until_the_morning_in_order(world: World) -> None:
    await world.put(BASE)
    await world.watch()
    world.now = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    await world.put(record(status=Status.NEED_PAYMENT, due_at=DUE))
    assert await world.teller.look() == 0
    world.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    await world.put(record(status=Status.DONE, due_at=DUE))
    assert await world.teller.look() == 0
    world.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    assert await world.teller.look() == 2
    first, second = await world.said()
    assert "nộp phí" in first
    assert "xử lý xong" in second


@pytest.mark.parametrize("error", [RuntimeError("dies"), KeyboardInterrupt()])
async def test_dying_between_notice_and_mark_loses_and_doubles_nothing(world: World, error: BaseException) -> None:
    await world.put(BASE)
    await world.watch()
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.DONE, due_at=DUE))
    world.breaks = [error]
    with contextlib.suppress(KeyboardInterrupt):
        assert await world.teller.look() == 0
    assert await world.said() == []
    again = World(world.database, now=world.now)
    assert await again.teller.look() == 1
    assert await again.teller.look() == 0
    assert len(await again.said()) == 1


async def test_a_conversation_that_cannot_be_told_keeps_no_other_one_waiting(world: World) -> None:
    await world.put(BASE)
    await world.watch(to=ref("a", "fake"))
    await world.watch(to=ref("b", "fake"))
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.DONE, due_at=DUE))
    world.breaks = [RuntimeError("once")]
    assert await world.teller.look() == 1
    assert await world.teller.look() == 1
    assert [len(await world.said(ref(who, "fake"))) for who in "ab"] == [1, 1]


async def test_two_workers_at_once_say_nothing_twice(database: UnitOfWork) -> None:
    first, second = World(database), World(database)
    people = [ref(f"p{number}", "fake") for number in range(12)]
    await first.put(BASE)
    for person in people:
        await first.watch(to=person)
    for world in (first, second):
        world.now += timedelta(minutes=1)
    await first.put(record(status=Status.NEED_PAYMENT, due_at=DUE))
    first.now = second.now = first.now + timedelta(minutes=1)
    await first.put(record(status=Status.DONE, due_at=DUE))
    told = await asyncio.gather(first.teller.look(), second.teller.look(), first.teller.look(), second.teller.look())
    assert sum(told) == 24
    for person in people:
        said = await first.said(person)
        assert ["phí" in said[0], "xong" in said[1], len(said)] == [True, True, 2]


async def test_who_stops_while_it_is_being_told_hears_nothing(world: World) -> None:
    await world.put(BASE)
    await world.watch()
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.DONE, due_at=DUE))
    async with world.database.read() as session:
        (watch,) = await world.watches.behind(session, world.channels, 10)
    await world.stop()
    assert await world.teller._one(watch, world.teller._say_changes) == 0
    assert await world.said() == []


async def test_a_channel_that_is_switched_off_is_told_once_it_is_on_again(database: UnitOfWork) -> None:
    off = World(database, channels=frozenset({"web"}))
    await off.put(BASE)
    await off.watch()
    off.now += timedelta(minutes=1)
    await off.put(record(status=Status.DONE, due_at=DUE))
    assert await off.teller.look() == 0
    on = World(database, now=off.now)
    assert await on.teller.look() == 1


async def test_the_day_before_is_the_working_day_before(world: World) -> None:
    # Tuesday 24 November is a holiday: of an appointment on Wednesday one is reminded on Monday.
    wednesday = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    world.now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    await world.put(record(due_at=wednesday))
    await world.watch()
    for day, told in ((21, 0), (22, 0), (23, 1), (24, 0)):
        world.now = datetime(2026, 11, day, 2, 0, tzinfo=UTC)
        assert await world.teller.look() == told, day
    assert "25/11/2026" in (await world.said())[0]


async def test_the_working_day_before_is_that_of_the_dossiers_province(world: World, tmp_path: Path) -> None:
    (tmp_path / "h48.yml").write_text(
        "province: H48\ndays_off: [{from: 2026-11-26, to: 2026-11-27, source: x, sure: law}]", "utf-8"
    )
    time = load_working_time([tmp_path / "h48.yml"])
    world.now = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    elsewhere = "H15.30.02-261110-0001"
    for code in ("H48.30.02-261110-0001", elsewhere):
        await world.put(record(code, due_at=datetime(2026, 11, 30, 10, 0, tzinfo=UTC)))
        await world.watch(code)
    teller = Teller(world.database, world.watches, world.store, world.manners, time, world.clock)
    for day, told in ((25, 1), (26, 0), (27, 1)):
        world.now = datetime(2026, 11, day, 2, 0, tzinfo=UTC)
        assert await teller.look() == told, day
    assert elsewhere in (await world.said())[-1]


async def test_who_began_to_watch_on_that_very_day_has_just_seen_it(world: World) -> None:
    await world.put(record(due_at=datetime(2026, 11, 25, 10, 0, tzinfo=UTC)))
    await world.watch()
    assert await world.teller.look() == 0


@pytest.mark.parametrize("status", [Status.NEED_SUPPLEMENT, Status.DONE, Status.NEW])
async def test_nobody_is_reminded_of_an_appointment_that_does_not_count(world: World, status: Status) -> None:
    world.now -= timedelta(days=3)
    await world.put(record(status=status, due_at=datetime(2026, 11, 25, 10, 0, tzinfo=UTC)))
    await world.watch()
    world.now = MORNING
    assert await world.teller.look() == 0


async def test_a_missed_appointment_is_told_once_the_source_has_spoken_since(world: World) -> None:
    await world.put(record(due_at=DUE))
    await world.watch()
    world.now = DUE + timedelta(days=3)
    assert await world.teller.look() == 0
    await world.put(record(due_at=DUE))
    assert await world.teller.look() == 1
    assert await world.teller.look() == 0
    assert "trễ hẹn" in (await world.said())[0]


async def test_an_apology_brings_the_new_day_and_a_new_reminder(world: World) -> None:
    await world.put(record(due_at=DUE))
    await world.watch()
    new = datetime(2026, 12, 3, 10, 0, tzinfo=UTC)
    world.now += timedelta(days=1)
    await world.put(record(due_at=DUE, slips=(apology(new_due_at=new),)))
    world.now = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    assert await world.teller.look() == 1
    assert "03/12/2026" in (await world.said())[0]
    world.now = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
    assert await world.teller.look() == 1


async def test_level_zero_is_told_of_no_appointment(world: World) -> None:
    world.now -= timedelta(days=5)
    await world.put(record(due_at=DUE))
    await world.watch(level=0)
    world.now = DUE - timedelta(days=1)
    assert await world.teller.look() == 0
    world.now = DUE + timedelta(days=3)
    await world.put(record(due_at=DUE))
    assert await world.teller.look() == 0


async def test_samples_say_that_they_are_samples(world: World) -> None:
    await world.put(record(status=Status.RECEIVED, sample=True, due_at=DUE))
    await world.watch()
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.DONE, sample=True, due_at=DUE))
    await world.teller.look()
    assert "hồ sơ mẫu" in (await world.texts())[0]


async def test_without_quiet_hours_it_is_told_at_night(database: UnitOfWork) -> None:
    world = World(database, quiet=QuietHours(QuietHours().start, QuietHours().start))
    await world.put(BASE)
    await world.watch()
    world.now = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    await world.put(record(status=Status.DONE, due_at=DUE))
    assert await world.teller.look() == 1


async def test_many_watches_are_told_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.dossiers.watching.telling.BATCH", 3)
    before: list[Record] = [record(f"H48.30.02-261117-{number:04}", Status.RECEIVED) for number in range(8)]
    await world.put(*before)
    for one in before:
        await world.watch(one.code)
    world.now += timedelta(minutes=1)
    await world.put(*(record(one.code, Status.NEED_PAYMENT) for one in before))
    assert await world.teller.look() == 8
    await world.fate(OutboxState.DELIVERED)
    assert OTHER in "".join(await world.said())


async def test_a_dossier_that_was_deleted_and_came_again_is_told_from_its_beginning(world: World) -> None:
    await world.put(record(status=Status.RECEIVED))
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.NEED_PAYMENT))
    await world.watch()
    async with world.database.write() as session:
        await session.execute(dossier.delete())
        await session.execute(dossier_change.delete())
    world.now += timedelta(minutes=1)
    await world.put(record(status=Status.DONE))
    assert await world.teller.look() == 1
    assert await world.teller.look() == 0
