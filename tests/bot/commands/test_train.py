"""``motcua train`` trains when something changed, and says which model is the right one now."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from nlu.training import RasaMissing


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder."""
    monkeypatch.chdir(tmp_path)


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
