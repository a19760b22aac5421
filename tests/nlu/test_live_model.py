"""The promoted model is named by one record, written in one step, and used only while it fits the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.live_model import RECORD, LiveModel, code_hash, live_path, read_live, write_live

LIVE = LiveModel("nlu-0123456789ab.tar.gz", "0123456789ab", "code", "2026-11-22T09:00:00+00:00")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with what runs inside the Rasa server."""
    for name in ("nlu/text.py", "nlu/codes.py", "nlu/aspects.py", "nlu/understanding.py", "nlu/components/a.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    sayings = tmp_path / "said.yml"
    sayings.write_text("1.001193: [a]\n")
    written = write_live(tmp_path / "models", LIVE, sayings)
    assert read_live(tmp_path / "models") == written
    assert (tmp_path / "models" / written.sayings).read_text() == "1.001193: [a]\n"


def test_sayings_of_an_earlier_promotion_go_and_nothing_is_left_beside(tmp_path: Path) -> None:
    sayings = tmp_path / "said.yml"
    for text in ("a", "b"):
        sayings.write_text(text)
        written = write_live(tmp_path / "models", LIVE, sayings)
    assert {path.name for path in (tmp_path / "models").iterdir()} == {RECORD, written.sayings}
    assert write_live(tmp_path / "models", LIVE, tmp_path / "gone.yml").sayings == ""
    assert {path.name for path in (tmp_path / "models").iterdir()} == {RECORD}


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "not json", '{"model": 5}', '{"model": "../x", "fingerprint": "", "code": "", "promoted_at": ""}'],
)
def test_a_record_that_cannot_be_read_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / RECORD).write_text(content)
    assert read_live(tmp_path) is None
    assert read_live(tmp_path / "nowhere") is None


def test_the_live_model_is_used_while_it_is_there_and_fits(root: Path) -> None:
    assert live_path(root) is None
    live = LiveModel(LIVE.model, LIVE.fingerprint, code_hash(root), LIVE.promoted_at)
    write_live(root / "models", live)
    assert live_path(root) is None
    (root / "models" / live.model).touch()
    assert live_path(root) == root / "models" / live.model
    (root / "nlu" / "components" / "a.py").write_text("changed")
    assert live_path(root) is None


@pytest.mark.parametrize(
    "name", ["nlu/text.py", "nlu/components/new.py", ".venv-rasa/lib/python3.11/site-packages/rasa-9.dist-info"]
)
def test_only_the_program_inside_the_rasa_server_counts(root: Path, name: str) -> None:
    before = code_hash(root)
    (root / "nlu" / "data").mkdir()
    (root / "nlu" / "data" / "x.yml").write_text("data")
    assert code_hash(root) == before
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text("other")
    assert code_hash(root) != before
