"""Finding what is due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.dossiers import due_store
from bot.dossiers.due import WATCHED
from bot.dossiers.due_store import due_before, unit_names
from bot.dossiers.record import ENDED, Status
from bot.dossiers.tables import OPEN
from bot.unit_of_work import UnitOfWork
from tests.bot.dossiers.records import CODE, OTHER, apology, dossier_store, record
from tests.bot.messages import NOW


async def test_the_most_urgent_come_first_and_an_apology_counts(database: UnitOfWork) -> None:
    days = {1: -3, 2: -1, 3: -5, 4: 2}
    many = [record(f"H48.30.02-261117-000{one}", due_at=NOW + timedelta(days=late)) for one, late in days.items()]
    many.append(record("H48.30.02-261117-0005", Status.DONE, due_at=NOW - timedelta(days=1)))
    many.append(record("H48.30.02-261117-0006", due_at=NOW - timedelta(days=9), slips=(apology(),)))
    store = dossier_store()
    async with database.write() as session:
        await store.put(session, "file", [(one, NOW) for one in many])
    async with database.read() as session:
        found = [due.open().record.code[-1] async for due in due_before(session, store, NOW, WATCHED)]
    assert found == ["3", "1", "2"]


async def test_each_is_given_once_however_many_are_due_together(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_store, "AT_ONCE", 2)
    days = {1: -2, 2: -2, 3: -2, 4: -5, 5: -1, 6: -9}
    many = [record(f"H48.30.02-261117-000{one}", due_at=NOW + timedelta(days=late)) for one, late in days.items()]
    store, since = dossier_store(), NOW - timedelta(days=7)
    async with database.write() as session:
        await store.put(session, "file", [(one, NOW) for one in many])
    async with database.read() as session:
        found = [due async for due in due_before(session, store, NOW, WATCHED, since)]
        seen = found[1].appointment, found[1].code
        onward = [due.code[-1] async for due in due_before(session, store, NOW, WATCHED, since, seen)]
    assert [due.code[-1] for due in found] == ["4", "1", "2", "3", "5"]
    assert onward == ["2", "3", "5"]


async def test_a_unit_is_meant_by_its_code_or_by_its_name(database: UnitOfWork) -> None:
    both = {CODE, OTHER}
    meant = {
        "H48": both,
        "000.00.16.h48": {CODE},
        "H48.16": {CODE},
        "H48.1": set(),
        "h48.30": {OTHER},
        "H48.30.02": {OTHER},
        "H48.3": set(),
        "H48.30.0": set(),
        "phuong mau": both,
        "KHU A": {OTHER},
        "phường khác": set(),
    }
    store = dossier_store()
    async with database.write() as session:
        await store.put(session, "file", [(record(), NOW), (record(OTHER, unit="Phường Mẫu, khu A"), NOW)])
    async with database.read() as session:
        for unit, codes in meant.items():
            far = NOW + timedelta(days=99)
            assert {due.code async for due in due_before(session, store, far, WATCHED, unit=unit)} == codes, unit


async def test_each_unit_with_something_open_is_known_by_its_name_once(database: UnitOfWork) -> None:
    given = {"H48.30-261117-0001": "A", "H48.30-261117-0002": "A", "H48.31-261117-0003": "B", "H48.31-261117-0004": ""}
    many = [record(code, unit=unit) for code, unit in given.items()]
    many.append(record("H48.32-261117-0005", Status.DONE, unit="C"))
    async with database.write() as session:
        await dossier_store().put(session, "file", [(one, NOW) for one in many])
    async with database.read() as session:
        assert await unit_names(session) == ["A", "B"]


def test_what_has_not_ended_is_told_in_the_index_as_in_the_code() -> None:
    assert str(OPEN) == f"status NOT IN ({', '.join(str(int(one)) for one in sorted(ENDED))})"
    assert not set(WATCHED) & ENDED
