"""Tests of the imported list: it is replaced as a whole, and the nearest offices are found in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.postal.office import PostOffice
from bot.postal.office_finding import OfficeFinder
from bot.postal.office_store import OfficeStore, Replaced
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.places.place import Commune, Province

PROVINCE = Province("51", "Tỉnh Quảng Ngãi")
HERE = Commune("21085", "Xã Bình Minh", PROVINCE, 15.20, 108.70)
STORE = OfficeStore()


def office(code: str, latitude: float | None = None, longitude: float | None = 108.70, **changes: object) -> PostOffice:
    """An office with its own point, or with none."""
    one = PostOffice(code, f"Bưu cục {code}", "12 Lê Lợi", "21999", "51", latitude=latitude, as_of="2024-01-01")
    return replace(one, longitude=longitude if latitude is not None else None, **changes)  # type: ignore[arg-type]


NEAR, FAR = office("2", 15.21), office("3", 15.60)
OWN, MIDDLE = office("4", 15.24, commune="21085"), office("5", 15.20, commune="21085", exact=False)
NOWHERE, ELSEWHERE = office("6"), office("7", 15.205, province="48")
ALL = (NEAR, FAR, OWN, MIDDLE, NOWHERE, ELSEWHERE)


@pytest.fixture
async def transactions(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[UnitOfWork]:
    """A database of the test's own; what SQL there is differs in nothing, so one kind is enough after the first test."""
    shutil.copy(migrated_sqlite, tmp_path / "m.sqlite3")
    opened = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'm.sqlite3'}"))
    yield opened
    await opened.close()


async def filled(transactions: UnitOfWork, *offices: PostOffice) -> OfficeFinder:
    """The list with some offices."""
    async with transactions.write() as session:
        await STORE.replace(session, offices)
    return OfficeFinder(transactions, STORE)


async def test_an_import_replaces_the_list_and_says_what_changed(database: UnitOfWork) -> None:
    await filled(database, NEAR, FAR, OWN)

    async with database.write() as session:
        done = await STORE.replace(session, [NEAR, replace(FAR, hours="07:00-17:00"), NOWHERE])
        left = await STORE.listed(session)

    assert done == Replaced(new=1, changed=1, same=1, gone=1)
    assert [one.code for one in left] == ["2", "3", "6"]
    assert left[1].hours == "07:00-17:00"
    assert [one.office.code for one in await OfficeFinder(database, STORE).near_point(15.20, 108.70, 3)] == ["2", "3"]


async def test_the_list_can_be_removed(transactions: UnitOfWork) -> None:
    await filled(transactions, *ALL)

    async with transactions.write() as session:
        assert await STORE.remove(session) == 6
        assert await STORE.listed(session) == ()


async def test_offices_of_the_commune_stand_first_then_the_nearest_of_the_province(transactions: UnitOfWork) -> None:
    found = await (await filled(transactions, *ALL)).near_commune(HERE, 5)

    assert [one.office.code for one in found] == ["4", "5", "2", "3", "6"]
    assert [one.kilometres is None for one in found] == [False, True, False, False, True]
    assert not any(one.exact for one in found)


async def test_a_commune_whose_middle_nobody_knows_still_has_its_offices(transactions: UnitOfWork) -> None:
    finder = await filled(transactions, *ALL)

    found = await finder.near_commune(replace(HERE, latitude=None, longitude=None), 2)

    assert [one.office.code for one in found] == ["4", "5"]
    assert [one.kilometres for one in found] == [None, None]


async def test_from_a_shared_location_the_nearest_come_first_whatever_the_province(transactions: UnitOfWork) -> None:
    found = await (await filled(transactions, *ALL)).near_point(15.20, 108.70, 3)

    assert [one.office.code for one in found] == ["5", "7", "2"]
    assert [one.exact for one in found] == [False, True, True]
    assert 0.5 < (found[1].kilometres or 0) < 0.6


async def test_farther_offices_are_looked_for_only_where_too_few_are_near(transactions: UnitOfWork) -> None:
    found = await (await filled(transactions, *ALL)).near_point(15.20, 108.70, 10)

    assert [one.office.code for one in found] == ["5", "7", "2", "4", "3"]


async def test_without_a_list_or_far_from_any_office_nothing_is_found(transactions: UnitOfWork) -> None:
    finder = await filled(transactions)
    assert await finder.near_point(15.20, 108.70, 3) == ()
    assert await finder.near_commune(HERE, 3) == ()

    finder = await filled(transactions, FAR)
    assert await finder.near_point(21.0, 105.8, 3) == ()
