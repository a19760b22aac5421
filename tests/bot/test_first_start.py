"""The first start makes keys and catalogue once, and doing it again changes nothing."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.first_start import KEYS, StarterError, make_secrets, prepare_database
from bot.settings import load_settings
from bot.unit_of_work import UnitOfWork
from nlu.catalogue.starter import Fault
from nlu.catalogue.store import CatalogueStore
from tests.factories import NOW, procedure
from tests.fakes.catalogue import fake_index_of


def test_the_keys_are_made_once_for_the_owner_alone_and_are_long_enough(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secrets.env"
    assert make_secrets(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    settings = load_settings({}, path)
    settings.require_keys()
    assert settings.internal_key is not None
    names = [line.partition("=")[0] for line in path.read_text().splitlines()]
    assert names == list(KEYS)
    assert len(set(path.read_text().split())) == len(KEYS)


def test_existing_keys_are_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    path.write_text("MOTCUA_SIGNING_KEY=mine\n")
    assert not make_secrets(path)
    assert path.read_text() == "MOTCUA_SIGNING_KEY=mine\n"


def test_many_at_once_make_one_whole_file_and_leave_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: make_secrets(path), range(40)))
    assert made.count(True) == 1
    assert len(path.read_text().splitlines()) == len(KEYS)
    assert [one.name for one in tmp_path.iterdir()] == ["secrets.env"]


async def test_preparing_the_database_twice_changes_nothing(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.first_start.load_starter", lambda: ([procedure()], []))
    assert await prepare_database(database, NOW, fake_index_of, lambda corrections: "words") == 1
    monkeypatch.setattr("bot.first_start.load_starter", lambda: ([procedure("1.000894")], []))
    assert await prepare_database(database, NOW, fake_index_of, lambda corrections: "words") == 1
    async with database.read() as session:
        store = CatalogueStore(session)
        assert [one.code async for one in store.procedures(1)] == ["1.001193"]
        assert await store.version(2) is None


async def test_a_faulty_starter_catalogue_is_refused_with_all_its_faults(
    database: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = [Fault("a.yaml", "fee", "is wrong", "mend it"), Fault("b.yaml", "code", "is odd", "drop it")]
    monkeypatch.setattr("bot.first_start.load_starter", lambda: ([procedure()], faults))
    with pytest.raises(StarterError, match=r"a\.yaml: fee.*b\.yaml: code"):
        await prepare_database(database, NOW)
    async with database.read() as session:
        assert await CatalogueStore(session).live_number() is None
