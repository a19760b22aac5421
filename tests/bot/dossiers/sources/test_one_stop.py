"""Asking a one-stop system over real HTTP, when it is well and when it is not."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.dossiers.ports import SourceDownError
from bot.dossiers.record import Owner, Status
from bot.dossiers.sources.errors import NonsenseError
from tests.bot.dossiers.sources.conftest import CODE, World, code
from tests.fakes.one_stop import Fault

PASSING = [Fault.SERVER_ERROR, Fault.UNAVAILABLE, Fault.TOO_MANY, Fault.HALF]
NONSENSE = [Fault.HTML, Fault.HALF_JSON, Fault.HUGE, Fault.ELSEWHERE, Fault.OWN_ERROR, Fault.FORBIDDEN]


async def test_a_dossier_is_read_by_the_mapping(world: World) -> None:
    world.system.has(CODE, thieu=["Bản sao hộ chiếu"], lePhi="50000")
    seen = await world.sources.find(code())
    assert seen.record is not None
    assert seen.as_of == world.clock.now
    assert not seen.down
    assert seen.record.status is Status.IN_PROGRESS
    assert seen.record.owner == Owner("Nguyễn Văn An", "0912345678", "051099000123")
    assert seen.record.due_at == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    assert seen.record.missing == ("Bản sao hộ chiếu",)
    assert seen.record.fee_due == 50_000
    assert [step.unit for step in seen.record.steps] == ["Văn phòng"]


async def test_a_code_that_the_system_does_not_know_is_a_miss_and_no_fault(world: World) -> None:
    seen = await world.sources.find(code())
    assert seen.record is None
    assert not seen.down
    assert world.remote.health.up is True


@pytest.mark.parametrize("fault", PASSING)
async def test_a_fault_that_passes_is_tried_again(world: World, fault: Fault) -> None:
    world.system.has(CODE)
    world.system.faults = [fault, fault]
    assert (await world.sources.find(code())).record is not None
    assert world.system.asked[CODE] == 3
    assert world.clock.slept


@pytest.mark.parametrize("fault", [*PASSING, *NONSENSE])
async def test_a_fault_that_stays_is_a_source_that_is_down(world: World, fault: Fault) -> None:
    world.system.has(CODE)
    world.system.always = fault
    with pytest.raises(SourceDownError):
        await world.sources.find(code())
    assert world.system.asked[CODE] == (3 if fault in PASSING else 1)
    assert world.remote.health.up is False
    assert world.store.kept == {}


@pytest.mark.parametrize("fault", [Fault.OTHER_CODE, Fault.FAR_DATE])
async def test_nonsense_about_one_dossier_is_never_shown_and_does_not_stop_the_others(
    world: World, fault: Fault
) -> None:
    world.system.has(CODE)
    world.system.always = fault
    for _ in range(9):
        with pytest.raises(NonsenseError):
            await world.sources.find(code())
    world.system.always = None
    assert (await world.sources.find(code())).record is not None


@pytest.mark.parametrize("changes", [{"timeout_seconds": 0.1, "tries": 1}])
async def test_a_system_that_does_not_answer_is_down(world: World, changes: object) -> None:
    world.system.always = Fault.HANGS
    with pytest.raises(SourceDownError, match="in time"):
        await world.sources.find(code())


async def test_a_token_is_fetched_once_for_many(world: World) -> None:
    codes = [code(f"H48.16-261120-{number:04}") for number in range(20)]
    await asyncio.gather(*(world.sources.find(one) for one in codes))
    assert world.system.given_out == 1


async def test_a_token_is_fetched_anew_before_it_ends_and_when_it_is_refused(world: World) -> None:
    world.system.has(CODE)
    await world.sources.find(code())
    world.clock.now += timedelta(seconds=world.system.lasts)
    await world.sources.find(code())
    assert world.system.given_out == 2
    world.system.expire_tokens()
    world.clock.now += timedelta(seconds=300)
    assert (await world.sources.find(code())).record is not None
    assert world.system.given_out == 3


@pytest.mark.parametrize("changes", [{"auth": {"kind": "none"}}])
async def test_a_system_that_refuses_us_is_down_and_its_secret_is_named_nowhere(world: World, changes: object) -> None:
    with pytest.raises(SourceDownError, match="401") as caught:
        await world.sources.find(code())
    assert world.system.password not in str(caught.value)


async def test_after_failures_in_a_row_it_is_left_alone_then_tried_by_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("purgatory.domain.model.time.time", lambda: now[0])
    world.system.always = Fault.HTML
    for number in range(5):
        with pytest.raises(SourceDownError):
            await world.sources.find(code(f"H48.16-261120-{number:04}"))
    asked = world.system.asked.total()
    with pytest.raises(SourceDownError, match="left alone"):
        await world.sources.find(code())
    assert world.system.asked.total() == asked
    now[0] += 31
    world.system.always = Fault.HANGS
    trying = asyncio.create_task(world.sources.find(code("H48.16-261120-0100")))
    await world.system.hanging.wait()
    with pytest.raises(SourceDownError, match="trying"):
        await world.sources.find(code())
    world.system.always = None
    world.system.gate.set()
    assert (await trying).record is None
    assert (await world.sources.find(code())).record is None


async def test_a_system_that_asks_for_a_long_pause_gets_it_and_nobody_waits(world: World) -> None:
    world.system.has(CODE)
    world.system.faults = [Fault.TOO_MANY]
    world.system.retry_after = "600"
    with pytest.raises(SourceDownError, match="left alone"):
        await world.sources.find(code())
    with pytest.raises(SourceDownError, match="left alone"):
        await world.sources.find(code())
    assert world.system.asked[CODE] == 1
    world.clock.now += timedelta(seconds=601)
    assert (await world.sources.find(code())).record is not None


@pytest.mark.parametrize("changes", [{"side_by_side": 2}])
async def test_no_more_requests_run_at_once_than_it_bears(world: World, changes: object) -> None:
    await asyncio.gather(*(world.sources.find(code(f"H48.16-261120-{number:04}")) for number in range(30)))
    assert world.system.most_at_once <= 2


@pytest.mark.parametrize("changes", [{"per_second": 2, "side_by_side": 1}])
async def test_requests_keep_the_pace(world: World, changes: object) -> None:
    began = world.clock.now
    for number in range(21):
        await world.sources.find(code(f"H48.16-261120-{number:04}"))
    assert world.clock.now - began >= timedelta(seconds=9)


@pytest.mark.parametrize(
    ("changes", "tries"),
    [
        ({"find": {"method": "POST", "path": "/tra-cuu", "json": {"ma": "{code}"}}}, 1),
        ({"find": {"method": "POST", "path": "/tra-cuu", "json": {"ma": "{code}"}, "repeatable": True}}, 3),
    ],
)
async def test_a_post_is_repeated_only_where_the_mapping_allows_it(world: World, changes: object, tries: int) -> None:
    world.system.has(CODE)
    assert (await world.sources.find(code())).record is not None
    world.system.always = Fault.UNAVAILABLE
    world.clock.now += timedelta(seconds=300)
    assert (await world.sources.find(code())).down
    assert world.system.asked[CODE] == 1 + tries
