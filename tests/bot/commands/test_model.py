"""``motcua model`` tells what is live, and refuses in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.app import project_root
from nlu.live_model import LiveModel, code_hash, write_live
from nlu.training import RasaHome
from tests.fakes.bench import FakeBench


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own, with links to what a model is trained on."""
    for name in ("nlu", "config.yml", "domain.yml"):
        (tmp_path / name).symlink_to(project_root() / name)
    monkeypatch.setattr("bot.commands.model.project_root", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def promoted(root: Path, code: str) -> LiveModel:
    """Make a model live."""
    live = LiveModel(
        "nlu-000000000001.tar.gz", "x", code, "2026-11-22", figures={"answer": {"questions": 5, "R@1": 0.8}}
    )
    write_live(root / "models", live)
    (root / "models" / live.model).touch()
    return live


def test_on_a_fresh_machine_nothing_is_promoted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "status"], {}) == 0
    out = capsys.readouterr().out
    assert "not trained yet" in out
    assert "none promoted" in out


def test_the_live_model_is_told_with_its_figures(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    promoted(root, code_hash(root))
    assert main(["model", "status"], {}) == 0
    out = capsys.readouterr().out
    assert "nlu-000000000001.tar.gz  promoted 2026-11-22  runs with this program" in out
    assert "answer (5): R@1 0.800" in out
    promoted(root, "other")
    main(["model", "status"], {})
    assert "does not run with this program" in capsys.readouterr().out


def test_promote_measures_on_the_fixed_set_and_the_files_given(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = root / "models" / "nlu-000000000002.tar.gz"

    async def trained(*_: object) -> Path:
        return model

    bench = FakeBench({model.name: 2})
    monkeypatch.setattr("bot.commands.model.ensure_model", trained)
    monkeypatch.setattr("bot.commands.model.Bench", lambda *_: bench)
    Path("mine.jsonl").write_text(json.dumps({"text": "x", "kind": "answer", "accept": ["1.000001"]}), "utf-8")
    assert main(["model", "promote", "mine.jsonl"], {}) == 0
    assert "nlu-000000000002.tar.gz is live" in capsys.readouterr().out
    figures = json.loads((RasaHome(root).models / "live.json").read_text("utf-8"))["figures"]
    assert {"fixed: answer", "fixed: out_of_scope", "mine.jsonl: answer"} <= set(figures)


def test_files_that_cannot_be_read_are_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "promote", "gone.jsonl"], {}) == 1
    errors = capsys.readouterr().err
    assert "gone.jsonl" in errors
    assert errors.count("\n") == 1


@pytest.mark.parametrize("tolerance", ["x", "-1", "2"])
def test_a_tolerance_is_a_share(root: Path, tolerance: str) -> None:
    with pytest.raises(SystemExit):
        main(["model", "promote", "--tolerance", tolerance], {})
