"""``motcua jobs list`` shows jobs as they truly stand."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.jobs.job import DIED, SILENT, JobKind
from bot.jobs.store import JobStore
from bot.unit_of_work import UnitOfWork, open_engine


async def _silent(url: str) -> None:
    work = UnitOfWork(open_engine(url))
    async with work.write() as session:
        begun = datetime.now(UTC) - SILENT - timedelta(minutes=1)
        await JobStore(session).add(JobKind.TRAIN, "", "{}", "lan", begun)
    await work.close()


def test_a_job_whose_process_is_gone_is_not_listed_as_running(
    migrated_sqlite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'm.sqlite3')}"
    asyncio.run(_silent(url))
    assert main(["jobs", "list"], {"MOTCUA_DATABASE_URL": url}) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "running" not in line
    assert line.split()[1:3] == ["train", "failed"]
    assert line.endswith(DIED)
