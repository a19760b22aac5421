from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import psutil
import pytest

from benchmarks.children import Program, completed, running, until
from benchmarks.errors import BenchError
from benchmarks.usage import split_tree, usage, whole_tree

PARENT = (
    "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)', 'rasa']); "
)
WAITING = PARENT + "print('up', flush=True); time.sleep(60)"


def program(tmp_path: Path, code: str) -> Program:
    return Program([sys.executable, "-c", code], dict(os.environ), tmp_path, tmp_path / "log" / "p.log")


async def started(process: asyncio.subprocess.Process, one: Program) -> None:
    async def up() -> bool:
        return "up" in one.log.read_text()

    await until(up, process, one.log, 20.0)


async def test_the_end_of_the_block_ends_a_program_with_its_children(tmp_path: Path) -> None:
    one = program(tmp_path, WAITING)
    async with running(one) as process:
        await started(process, one)
        family = whole_tree(process.pid)
        assert len(family) == 2
    gone, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []
    assert len(gone) == 2


async def test_a_fault_in_the_block_ends_the_program_too(tmp_path: Path) -> None:
    one = program(tmp_path, WAITING)
    seen = []

    async def faulty() -> None:
        async with running(one) as process:
            seen.append(process)
            await started(process, one)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await faulty()
    assert seen[0].returncode is not None


async def test_the_rasa_server_beside_the_app_is_counted_for_itself(tmp_path: Path) -> None:
    one = program(tmp_path, WAITING)
    async with running(one) as process:
        await started(process, one)
        app, rasa = split_tree(process.pid)
        assert [found.pid for found in app] == [process.pid]
        assert len(rasa) == 1
        assert 1 < usage(app).megabytes < 100
        assert usage(rasa).cpu_seconds >= 0


async def test_waiting_for_a_program_that_ended_says_its_last_words(tmp_path: Path) -> None:
    one = program(tmp_path, "print('cannot listen')")

    async def never() -> bool:
        return False

    async with running(one) as process:
        with pytest.raises(BenchError, match="cannot listen"):
            await until(never, process, one.log, 20.0)


async def test_waiting_has_an_end(tmp_path: Path) -> None:
    one = program(tmp_path, "import time; time.sleep(60)")

    async def never() -> bool:
        return False

    async with running(one) as process:
        with pytest.raises(BenchError, match="did not become ready"):
            await until(never, process, one.log, 0.1)


async def test_a_program_that_fails_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="no such catalogue"):
        await completed(program(tmp_path, "print('no such catalogue'); raise SystemExit(3)"), 20.0)


async def test_a_program_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="took over"):
        await completed(program(tmp_path, "import time; time.sleep(60)"), 0.2)
