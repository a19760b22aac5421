"""A register to work on by command: the samples, loaded once and copied for each test."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.app import load_feedback_samples, open_house, project_root
from bot.settings import load_settings
from tests.bot.commands.feedback_desk import Desk
from tests.databases import in_its_own_loop

KEYS = {"MOTCUA_SIGNING_KEY": "s" * 40, "MOTCUA_ENCRYPTION_KEY": "e" * 40}


def _environment(database: Path) -> dict[str, str]:
    files = {"MOTCUA_FEEDBACK_FILES": str(database.parent / "files")}
    return {"MOTCUA_DATABASE_URL": f"sqlite:///{database}", **files, **KEYS}


async def _load(database: Path) -> None:
    async with open_house(load_settings(_environment(database)), project_root(), None) as house:
        await house.catalogue.refresh()
        assert not (await load_feedback_samples(house, datetime.now(UTC))).refused


@pytest.fixture(scope="session")
def sample_register(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the samples; to be copied, never to be changed."""
    database = tmp_path_factory.mktemp("samples") / "m.sqlite3"
    shutil.copy(migrated_sqlite, database)
    in_its_own_loop(_load(database))
    return database


@pytest.fixture
def desk(sample_register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Run ``motcua feedback`` on a copy of the samples."""
    database = tmp_path / "m.sqlite3"
    shutil.copy(sample_register, database)

    def run(*args: str | Path, office: Path | None = None) -> tuple[int, str]:
        capsys.readouterr()
        environment = _environment(database) | ({"MOTCUA_FEEDBACK_OFFICE": str(office)} if office else {})
        code = main(["feedback", *(str(arg) for arg in args)], environment)
        seen = capsys.readouterr()
        return code, seen.out + seen.err

    return Desk(run, database, tmp_path)
