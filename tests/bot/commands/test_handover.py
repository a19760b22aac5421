"""Officials see at the terminal who waits for a person, and close what was answered."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

import pytest

from bot.commands import handover
from bot.handover.store import HandOverStore
from bot.migrations.schema import upgrade
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.messages import NOW, ref


async def motcua(settings: Settings, *words: str) -> int:
    """Run ``motcua handover``."""
    parser = ArgumentParser()
    handover.add_parser(parser.add_subparsers())
    return await handover.run(parser.parse_args(["handover", *words]), settings)


async def test_a_request_is_listed_until_it_is_closed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/m.sqlite3")
    transactions = UnitOfWork(open_engine(settings.database_url))
    await upgrade(transactions.engine)
    async with transactions.write() as session:
        await HandOverStore().ask(session, ref("c7"), "khai sinh", NOW, unit="H48.12")
    await transactions.close()
    assert await motcua(settings, "list") == 0
    assert "1  2026-11-22 08:00 UTC  H48.12  web/default/c7  khai sinh" in capsys.readouterr().out
    assert await motcua(settings, "close", "1") == 0
    assert await motcua(settings, "close", "1") == 1
    assert "not open" in capsys.readouterr().err
    assert await motcua(settings, "list") == 0
    assert "Nobody waits" in capsys.readouterr().out
