"""What the background jobs do: learning, measuring, and faults said in the officials' words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from bot.__main__ import main
from bot.app import project_root
from bot.app.jobs import Jobs
from bot.console.dashboard.verifying import Verified
from bot.evaluation.cases import Case
from bot.jobs.job import Job, JobError, JobKind, JobState
from bot.jobs.running import Progress
from bot.jobs.store import JobStore
from bot.settings import Secret, Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.learning.review import Reason, Sighting
from nlu.learning.store import Decision, ReviewState, ReviewStore
from nlu.live_model import LiveModel, code_hash, read_live, write_live
from nlu.understanding import Aspect
from tests.factories import NOW
from tests.fakes.bench import FakeBench

LIVE, NEW = "nlu-000000000001.tar.gz", "nlu-000000000002.tar.gz"


@pytest.fixture
async def jobs(small_catalogue: str, tmp_path: Path) -> AsyncIterator[Jobs]:
    """The jobs of a project of its own, in which a model is live."""
    root = tmp_path / "project"
    root.mkdir()
    for name in ("nlu", "config.yml", "domain.yml"):
        (root / name).symlink_to(project_root() / name)
    write_live(root / "models", LiveModel(LIVE, "x", code_hash(root), "2026-11-22"))
    (root / "models" / LIVE).touch()
    work = UnitOfWork(open_engine(small_catalogue))
    yield Jobs(Settings(database_url=small_catalogue), root, work, None)
    await work.close()


def job(kind: JobKind, about: str = "") -> Job:
    """A job that Lan started."""
    return Job(1, kind, about, "{}", JobState.RUNNING, "lan", NOW, NOW)


async def trained(*_: object) -> Path:
    """The model of the present inputs."""
    return Path("models") / NEW


async def test_training_writes_down_what_was_accepted_and_says_how_much(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.jobs.ensure_model", trained)
    async with jobs.work.write() as session:
        store = ReviewStore(session)
        await store.note(Sighting("làm giấy cho bé", Reason.DECLINED), NOW)
        await store.note(Sighting("chưa ai xem", Reason.DECLINED), NOW)
        await store.decide(1, Decision(ReviewState.ACCEPTED, "1.001193", None, (Aspect.FEE,), "lan", NOW))
    progress = Progress()
    made = await jobs.works()[JobKind.TRAIN](job(JobKind.TRAIN), progress)
    assert made == {"model": NEW, "learned": 1, "new": True}
    assert progress.done == progress.total > 5
    assert "làm giấy cho bé" in (jobs.root / "var" / "learning" / "accepted.yml").read_text("utf-8")


@pytest.mark.parametrize(("right", "promoted"), [(7, NEW), (5, "")])
async def test_a_newer_model_answers_only_when_it_is_not_worse_and_the_figures_are_told(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch, right: int, promoted: str
) -> None:
    monkeypatch.setattr("bot.app.jobs.ensure_model", trained)
    bench = FakeBench({LIVE: 6, NEW: right})
    cases = [Case(f"câu {number}", "answer", ("1.000001",), "none", (), "own") for number in range(10)]
    monkeypatch.setattr("bot.app.jobs.read_cases", lambda _: cases)
    monkeypatch.setattr("bot.app.jobs.Bench", lambda *_: bench)
    made = msgspec.convert(await jobs.works()[JobKind.PROMOTE](job(JobKind.PROMOTE), Progress()), dict[str, object])
    assert made["promoted"] == promoted
    assert bool(made["refused"]) is not bool(promoted)
    assert made["changes"]
    live = read_live(jobs.root / "models")
    assert live is not None
    assert live.model == (promoted or LIVE)


async def test_a_fault_of_the_catalogue_is_said_as_its_pages_say_it(jobs: Jobs) -> None:
    with pytest.raises(JobError, match="bản đang dùng là 1, không còn là 7"):
        await jobs.works()[JobKind.ROLLBACK](job(JobKind.ROLLBACK, "7"), Progress())
    with pytest.raises(JobError, match="there is no version 9"):
        await jobs.works()[JobKind.PUBLISH](job(JobKind.PUBLISH, "9"), Progress())


def test_the_command_does_a_job_and_lists_it(small_catalogue: str, capsys: pytest.CaptureFixture[str]) -> None:
    async def add() -> None:
        work = UnitOfWork(open_engine(small_catalogue))
        async with work.write() as session:
            await JobStore(session).add(JobKind.ROLLBACK, "7", "{}", "lan", NOW)
        await work.close()

    asyncio.run(add())
    environment = {"MOTCUA_DATABASE_URL": small_catalogue}
    assert main(["jobs", "run", "1"], environment) == 1
    assert main(["jobs", "run", "1"], environment) == 1
    assert "job 1 is failed already" in capsys.readouterr().err
    assert main(["jobs", "list"], environment) == 0
    assert "rollback  7" in capsys.readouterr().out


async def test_verifying_keeps_what_it_came_to_where_pages_can_read_it(jobs: Jobs) -> None:
    keyed = replace(jobs.settings, signing_key=Secret("s" * 40), encryption_key=Secret("e" * 40))
    made = await replace(jobs, settings=keyed).works()[JobKind.VERIFY](job(JobKind.VERIFY), Progress())
    kept = replace(job(JobKind.VERIFY), state=JobState.DONE, result=msgspec.json.encode(made).decode())
    found = kept.result_as(Verified)
    assert found is not None
    assert (found.at, found.seq, found.count) == (NOW, 0, 0)
