"""The supervisor starts, watches, restarts and stops a server, and leaves no process behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from bot.nlu_process import NluProcess, NluState, Pace, serve_command
from nlu.training import RasaMissing, TrainingError

PACE = Pace(poll=0.02, watch=0.02, load=5.0, first_delay=0.01, longest_delay=0.02, grace=2.0, misses=3)
SLEEPS = "import time; time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
PARENT = (
    "import subprocess, sys, time; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(child.pid, flush=True); time.sleep(60)"
)


@dataclass
class Stage:
    """A supervisor around a small script, and what it told."""

    folder: Path
    script: str = SLEEPS
    ready: bool = True
    models: list[Path | Exception] = field(default_factory=list)
    states: list[NluState] = field(default_factory=list)
    started: list[Path] = field(default_factory=list)
    others: list[psutil.Process] = field(default_factory=lambda: psutil.Process().children(recursive=True))
    """Children that this process had before: a browser that tests share."""

    def children(self) -> list[psutil.Process]:
        mine = [one for one in psutil.Process().children(recursive=True) if one not in self.others]
        return [one for one in mine if one.status() != psutil.STATUS_ZOMBIE and one.name() != "chromium"]

    def process(self, pace: Pace = PACE) -> NluProcess:
        async def prepare() -> Path:
            model = self.models.pop(0) if self.models else Path("model.tar.gz")
            if isinstance(model, Exception):
                raise model
            return model

        async def ready() -> bool:
            return self.ready

        def command(model: Path) -> list[str]:
            self.started.append(model)
            return [sys.executable, "-c", self.script]

        return NluProcess(prepare, command, ready, dict(os.environ), self.folder, self.log, self.states.append, pace)

    @property
    def log(self) -> Path:
        return self.folder / "log" / "rasa.log"


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  (what is waited for happens in another process)
            await asyncio.sleep(0.01)


async def cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def supervise(run: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
    return asyncio.ensure_future(run())


@pytest.mark.asyncio
async def test_the_states_are_told_in_order_and_stopping_leaves_nothing(stage: Stage) -> None:
    process = stage.process()
    task = supervise(process.run)
    await until(lambda: process.state is NluState.READY)
    await cancel(task)
    assert stage.states == [NluState.TRAINING, NluState.LOADING, NluState.READY, NluState.DOWN]
    assert stage.children() == []


@pytest.mark.asyncio
async def test_a_dead_server_is_started_again(stage: Stage) -> None:
    process = stage.process()
    task = supervise(process.run)
    await until(lambda: process.state is NluState.READY)
    stage.children()[0].send_signal(signal.SIGKILL)
    await until(lambda: stage.states.count(NluState.READY) == 2)
    await cancel(task)
    assert len(stage.started) == 2


@pytest.mark.asyncio
async def test_a_server_that_no_longer_answers_is_started_again(stage: Stage) -> None:
    process = stage.process()
    task = supervise(process.run)
    await until(lambda: process.state is NluState.READY)
    stage.ready = False
    await until(lambda: len(stage.started) == 2)
    stage.ready = True
    await until(lambda: process.state is NluState.READY)
    await cancel(task)
    assert stage.states.count(NluState.READY) == 2


@pytest.mark.asyncio
async def test_a_server_that_ignores_the_request_to_stop_is_killed(stage: Stage) -> None:
    stage.script = STUBBORN
    process = stage.process(Pace(poll=0.02, watch=0.02, first_delay=0.01, grace=0.1))
    task = supervise(process.run)
    await until(lambda: stage.log.is_file() and "up" in stage.log.read_text())
    await cancel(task)
    assert stage.children() == []


@pytest.mark.asyncio
async def test_the_children_of_the_server_go_with_it(stage: Stage) -> None:
    stage.script = PARENT
    process = stage.process()
    task = supervise(process.run)
    await until(lambda: stage.log.is_file() and stage.log.read_text().strip().isdecimal())
    grandchild = int(stage.log.read_text())
    await cancel(task)
    await until(lambda: not psutil.pid_exists(grandchild) or psutil.Process(grandchild).status() == "zombie")


@pytest.mark.asyncio
async def test_a_failed_training_is_tried_again(stage: Stage) -> None:
    stage.models = [TrainingError("no data"), Path("second.tar.gz")]
    process = stage.process()
    task = supervise(process.run)
    await until(lambda: process.state is NluState.READY)
    await cancel(task)
    assert stage.started == [Path("second.tar.gz")]


@pytest.mark.asyncio
async def test_without_a_rasa_environment_it_says_so_and_ends(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.models = [RasaMissing("no Rasa environment; `make setup` makes it")]
    process = stage.process()
    async with asyncio.timeout(5):
        await process.run()
    assert process.state is NluState.DOWN
    assert [record.getMessage() for record in caplog.records if "make setup" in record.getMessage()]


@pytest.mark.asyncio
async def test_a_server_that_ends_while_loading_is_started_again(stage: Stage) -> None:
    stage.script, stage.ready = "raise SystemExit(1)", False
    task = supervise(stage.process().run)
    await until(lambda: len(stage.started) >= 2)
    await cancel(task)
    assert NluState.READY not in stage.states


def test_the_server_listens_on_loopback_and_stays_quiet() -> None:
    command = serve_command(Path("py"), 5055)(Path("m.tar.gz"))
    assert command[:4] == ["py", "-m", "rasa", "run"]
    assert command[command.index("-i") + 1] == "127.0.0.1"
    assert "--quiet" in command


KILLED = """
import asyncio, os, sys
from pathlib import Path
from bot.nlu_process import NluProcess

async def prepare(): return Path("m")
async def ready(): return True
command = lambda model: [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"]
asyncio.run(NluProcess(prepare, command, ready, dict(os.environ), Path("."), Path(sys.argv[1])).run())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
@pytest.mark.asyncio
async def test_a_supervisor_that_is_killed_outright_leaves_no_server_behind(stage: Stage) -> None:
    supervisor = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, str(stage.log))
    await until(lambda: stage.log.is_file() and stage.log.read_text().strip().isdecimal())
    server = int(stage.log.read_text())
    supervisor.kill()
    await supervisor.wait()
    await until(lambda: not psutil.pid_exists(server) or psutil.Process(server).status() == psutil.STATUS_ZOMBIE)
