"""What is learned of the ways of asking holds for procedures that were never seen, and names are not learned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlu.asking_model import AskingModel
from nlu.fitting import aspects
from nlu.understanding import Aspect

NAMES = ["khai sinh", "kết hôn", "căn cước", "hộ khẩu", "xe máy", "thuế đất", "đò ngang", "gỗ rừng"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of sentences like the project's own."""
    blocks = [("where", "nộp {} ở đâu"), ("time", "{} mất bao lâu"), ("", "{}")]
    lines = ['version: "3.1"', "nlu:"]
    for aspect, way in blocks:
        lines += ["  - intent: ask_procedure", f"    metadata: {{aspects: [{aspect}]}}", "    examples: |"]
        lines += [f"      - {way.format(name)}" for name in NAMES]
    lines += ["  - intent: greet", "    examples: |", "      - xin chào"]
    (tmp_path / "own.yml").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def test_only_sentences_whose_block_names_aspects_are_learned_from(folder: Path) -> None:
    own = aspects.own_sentences(folder)
    assert {one.aspects for one in own} == {(Aspect.WHERE,), (Aspect.TIME,), ()}
    assert len(own) == 3 * len(NAMES)


def test_a_way_of_asking_is_known_again_with_another_name(folder: Path) -> None:
    own = aspects.own_sentences(folder)
    model = AskingModel.from_json(aspects.fit(own, aspects.known_signs(own)))
    assert model.asked("nộp bằng lái ở đâu") == (Aspect.WHERE,)
    assert model.asked("bằng lái mất bao lâu") == (Aspect.TIME,)
    assert model.asked("bằng lái") == ()


def test_fitting_writes_the_numbers_with_the_hash_of_the_questions(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, fitted = folder / "asked.jsonl", folder / "asking.json"
    rows = [{"text": f"{name} ở đâu?", "aspect": "where", "accept": [name], "source": "a"} for name in NAMES]
    rows.append({"text": "chào", "aspect": "none", "accept": [], "source": "a"})
    asked.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    monkeypatch.setattr(aspects, "FITTED", fitted)
    monkeypatch.setattr(aspects, "TRAINING", folder)
    monkeypatch.setattr("sys.argv", ["aspects", str(asked)])
    aspects.main()
    written = json.loads(fitted.read_text("utf-8"))
    assert len(written["fitted_on_sha256"]) == 64
    assert AskingModel.from_json(written).asked("thuế ở đâu?") == (Aspect.WHERE,)
    assert "where        asked    8 told    8 both    8" in capsys.readouterr().out
