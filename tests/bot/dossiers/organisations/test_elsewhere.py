"""Dossiers that only a one-stop system has, in an organisation's batch; over HTTP, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import update

from bot.dossiers.organisations.elsewhere import Elsewhere, Patience
from bot.dossiers.organisations.overview import Overview
from bot.dossiers.organisations.tables import organisation
from bot.dossiers.sources.building import Surroundings, open_sources
from bot.dossiers.sources.by_agency import ByAgency
from bot.dossiers.sources.one_stop import Times
from bot.secret import Secret
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.organisations.houses import CALM, ENDED, FOREIGN, IDENTITY, LATE, UNKNOWN, House, make_house
from tests.bot.dossiers.records import dossier_store
from tests.bot.dossiers.sources.conftest import SECRET, Clock, Nobody, closing, mapping
from tests.bot.messages import NOW
from tests.fakes.one_stop import FakeOneStop, Fault, running_one_stop

THERE = "H48.16-261120-0001"
"""Known to the system alone, and the organisation's."""
OTHERS = "H48.16-261120-0002"
"""Known to the system alone, and somebody else's."""
LATER = NOW + timedelta(hours=1)


@dataclass
class World:
    """An organisation, and a system that answers for its province."""

    house: House
    system: FakeOneStop
    sources: ByAgency
    patience: Patience = field(default_factory=Patience)

    async def told(self, *codes: str) -> Overview:
        """Ask about some dossiers, or about all."""
        object.__setattr__(self.house.asking, "elsewhere", Elsewhere(self.sources, self.patience))
        owner = await self.house.asking.by_token(self.house.token)
        assert owner is not None
        return (await self.house.asking.ask_by_token(owner, codes, LATER)).overview

    async def groups(self, *codes: str) -> dict[str, str]:
        """Ask, and return the groups by code."""
        return {row.code: row.group.value for row in (await self.told(*codes)).rows}


@pytest.fixture
async def world(database: UnitOfWork, tmp_path: Path) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        system = await stack.enter_async_context(running_one_stop())
        path = tmp_path / "sources.yml"
        path.write_text(yaml.safe_dump({"sources": [mapping(system.url, tries=1)]}), "utf-8")
        clock = Clock(LATER)
        around = Surroundings(Nobody(), dossier_store(), database, clock, lambda _: closing)
        times = Times(clock.sleep, clock.ticks, lambda: 1.0)
        secrets = {SECRET: Secret(system.password)}
        sources = await stack.enter_async_context(open_sources(path, secrets, around, times))
        stack.callback(system.gate.set)
        own = {"ten": "Công ty Mẫu", "dienThoai": "0100 000 124", "dinhDanh": IDENTITY}
        system.has(THERE, chuHoSo=own)
        system.has(OTHERS)
        yield World(await make_house(database), system, sources)


async def test_what_only_a_one_stop_system_has_is_seen_by_its_owner_alone(world: World) -> None:
    told = await world.told(THERE, OTHERS, UNKNOWN)
    assert {row.code: row.group.value for row in told.rows} == {THERE: "on_time", OTHERS: "other", UNKNOWN: "other"}
    shown = next(row for row in told.rows if row.code == THERE)
    assert shown.as_of == LATER
    assert [code for code, _ in world.house.lookups.noted] == [THERE]
    await world.told(THERE, OTHERS, UNKNOWN)
    assert set(world.system.asked.values()) == {1}


async def test_no_more_is_asked_than_the_source_bears_and_the_rest_is_said_not_to_be_asked(world: World) -> None:
    world.patience = Patience(codes=2)
    unknown = [f"H48.16-261120-1{number:03}" for number in range(4)]
    groups = await world.groups(*unknown, FOREIGN, LATE)
    assert [groups[code] for code in unknown] == ["other", "other", "unasked", "unasked"]
    # Whether our table holds somebody else's dossier must not show in whether it is asked for.
    assert groups[FOREIGN] == "unasked"
    assert groups[LATE] == "late"
    assert sorted(world.system.asked) == unknown[:2]


async def test_while_the_system_is_down_others_dossiers_and_unknown_ones_look_the_same(world: World) -> None:
    world.system.always = Fault.SERVER_ERROR
    groups = await world.groups(FOREIGN, UNKNOWN, LATE)
    assert groups == {FOREIGN: "unasked", UNKNOWN: "unasked", LATE: "late"}


async def test_a_system_that_hangs_holds_nobody_up_for_long(world: World) -> None:
    world.patience = Patience(seconds=0.01)
    world.system.always = Fault.HANGS
    assert await world.groups(THERE, LATE) == {LATE: "late", THERE: "unasked"}


async def test_what_is_shown_is_asked_for_anew_where_patience_is_left_but_not_what_has_ended(world: World) -> None:
    world.system.has(LATE, state=10, chuHoSo={"ten": "Công ty Mẫu", "dinhDanh": IDENTITY})
    groups = {row.code: row.group.value for row in (await world.told()).rows}
    assert groups[LATE] == "ended"
    assert world.system.asked[ENDED] == 0
    assert world.system.asked[CALM] == 1


async def test_beyond_the_organisations_units_and_without_a_system_nothing_is_asked(world: World) -> None:
    other_province = "H15.16-261120-0001"
    assert await world.groups(other_province) == {other_province: "other"}
    async with world.house.database.write() as session:
        await session.execute(update(organisation).values(units="H48.30"))
    assert await world.groups(THERE) == {THERE: "other"}
    assert not world.system.asked


async def test_a_system_is_asked_for_few_dossiers_at_once(world: World) -> None:
    await world.told(*(f"H48.16-261120-1{number:03}" for number in range(12)))
    assert world.system.most_at_once <= world.patience.side_by_side
