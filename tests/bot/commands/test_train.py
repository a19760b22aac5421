"""``motcua train`` trains when something changed, and says which model is the right one now."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.learning.review import Reason, Sighting
from nlu.learning.store import Decision, ReviewState, ReviewStore
from nlu.training import RasaMissing
from nlu.understanding import Aspect
from tests.factories import NOW


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, which stands for the project's too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.commands.train.project_root", lambda: tmp_path)


def test_it_names_the_model(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    async def trained(*_: object) -> Path:
        return Path("models/nlu-abc.tar.gz")

    monkeypatch.setattr("bot.commands.train.ensure_model", trained)
    assert main(["train"], {}) == 0
    assert "nlu-abc.tar.gz" in capsys.readouterr().out


def test_without_a_rasa_environment_it_fails_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def missing(*_: object) -> Path:
        raise RasaMissing("no Rasa environment; `make setup` makes it")

    monkeypatch.setattr("bot.commands.train.ensure_model", missing)
    assert main(["train"], {}) == 1
    assert capsys.readouterr().err == "motcua: no Rasa environment; `make setup` makes it\n"


def test_what_was_accepted_is_written_down_before_training(
    small_catalogue: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def accepted() -> None:
        work = UnitOfWork(open_engine(small_catalogue))
        async with work.write() as session:
            store = ReviewStore(session)
            await store.note(Sighting("làm giấy cho bé", Reason.DECLINED), NOW)
            await store.note(Sighting("chưa ai xem", Reason.DECLINED), NOW)
            decision = Decision(ReviewState.ACCEPTED, "1.001193", None, (Aspect.FEE,), "lan", NOW)
            await store.decide(1, decision)
        await work.close()

    seen: list[str] = []

    async def trained(*_: object) -> Path:
        seen.extend(path.read_text("utf-8") for path in sorted((tmp_path / "var" / "learning").iterdir()))
        return Path("models/nlu-abc.tar.gz")

    asyncio.run(accepted())
    monkeypatch.setattr("bot.commands.train.ensure_model", trained)
    assert main(["train"], {"MOTCUA_DATABASE_URL": small_catalogue}) == 0
    assert "learning 1 accepted questions" in capsys.readouterr().err
    assert ["làm giấy cho bé" in text for text in seen] == [True, True]
    assert "chưa ai xem" not in "".join(seen)
