"""Listing one-stop systems and asking whether they answer."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands.dossiers_at_hand import AtHand
from bot.commands.dossiers_sources import add_sources, list_sources
from bot.migrations.schema import upgrade
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.dossiers.records import dossier_store
from tests.bot.dossiers.sources.conftest import CODE
from tests.bot.test_app_dossiers import settings
from tests.fakes.one_stop import FakeOneStop, Fault, running_one_stop


@pytest.fixture
async def system() -> AsyncIterator[FakeOneStop]:
    async with running_one_stop() as system:
        yield system


@pytest.fixture
async def hand(tmp_path: Path, system: FakeOneStop) -> AsyncIterator[AtHand]:
    given = settings(tmp_path, system)
    transactions = UnitOfWork(open_engine(given.database_url))
    await upgrade(transactions.engine)
    yield AtHand(given, transactions, dossier_store())
    await transactions.close()


async def run(hand: AtHand, *words: str) -> int:
    parser = ArgumentParser()
    add_sources(parser.add_subparsers())
    return await list_sources(parser.parse_args(["sources", *words]), hand)


async def test_a_system_that_answers_is_said_to(hand: AtHand, capsys: pytest.CaptureFixture[str]) -> None:
    assert await run(hand) == 0
    assert "quang-ngai (H48) answers" in capsys.readouterr().out


async def test_a_system_that_is_down_gives_its_reason_and_an_exit_code(
    hand: AtHand, system: FakeOneStop, capsys: pytest.CaptureFixture[str]
) -> None:
    system.always = Fault.HTML
    assert await run(hand, "--code", CODE) == 1
    told = capsys.readouterr().out
    assert f"{CODE}: quang-ngai" in told
    assert "is down: the answer is no JSON" in told


async def test_codes_of_other_agencies_are_the_databases(hand: AtHand, capsys: pytest.CaptureFixture[str]) -> None:
    assert await run(hand, "--code", "H15.50.05.13-261008-0975") == 0
    assert capsys.readouterr().out == "H15.50.05.13-261008-0975: database\n"
