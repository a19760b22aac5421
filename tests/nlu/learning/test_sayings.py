"""Search goes by the sayings that were promoted; while nothing ever was, by the newest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlu.learning import sayings
from nlu.learning.sayings import sayings_file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folders for what was learned and promoted."""
    monkeypatch.setattr(sayings, "TRAINED", tmp_path / "trained.yml")
    monkeypatch.setattr(sayings, "LIVE", tmp_path / "live.json")
    return tmp_path


def test_nothing_learned_is_no_file(folder: Path) -> None:
    assert sayings_file() is None


def test_while_nothing_was_promoted_the_newest_count(folder: Path) -> None:
    (folder / "trained.yml").touch()
    assert sayings_file() == folder / "trained.yml"


@pytest.mark.parametrize("name", ["", "gone.yml", "../elsewhere.yml"])
def test_after_a_promotion_only_what_was_promoted_counts(folder: Path, name: str) -> None:
    (folder / "trained.yml").touch()
    (folder / "sayings-1.yml").touch()
    (folder.parent / "elsewhere.yml").touch()
    (folder / "live.json").write_text(json.dumps({"sayings": "sayings-1.yml"}))
    assert sayings_file() == folder / "sayings-1.yml"
    (folder / "live.json").write_text(json.dumps({"sayings": name}))
    assert sayings_file() is None
    (folder / "live.json").write_text("[")
    assert sayings_file() is None
