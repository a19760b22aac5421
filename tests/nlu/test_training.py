"""The model's name follows from its inputs; a missing one is trained, old ones go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nlu.live_model import LiveModel, code_hash, write_live
from nlu.training import (
    ACCEPTED,
    RasaHome,
    RasaMissing,
    TrainingError,
    ensure_model,
    fingerprint,
    model_path,
    prune,
    rasa_environment,
    serving_model,
)

FAKE_PYTHON = """#!/bin/sh
echo "INFO hooks - Starting to train component 'Fake'."
{body}
while [ $# -gt 0 ]; do
  case "$1" in --out) out=$2;; --fixed-model-name) name=$2;; esac
  shift
done
[ -n "$out" ] && echo model > "$out/$name.tar.gz"
"""


@pytest.fixture
def home(tmp_path: Path) -> RasaHome:
    """Return a project with every training input in it."""
    for name in ("nlu/text.py", "nlu/codes.py", "nlu/aspects.py", "nlu/understanding.py", "config.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    for name in ("nlu/data/training/a.yml", "nlu/components/b.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "domain.yml").write_text("intents: [greet]\nentities: [code]\nresponses: {utter_a: [{text: a}]}\n")
    return RasaHome(tmp_path)


def install(home: RasaHome, body: str = "") -> None:
    home.python.parent.mkdir(parents=True)
    home.python.write_text(FAKE_PYTHON.format(body=body))
    home.python.chmod(0o755)


def test_a_changed_sentence_leaves_the_model_fresh(home: RasaHome) -> None:
    before = fingerprint(home)
    (home.root / "domain.yml").write_text("intents: [greet]\nentities: [code]\nresponses: {utter_a: [{text: b}]}\n")
    assert fingerprint(home) == before


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("domain.yml", "intents: [greet, thank]\nentities: [code]\n"),
        ("config.yml", "other"),
        ("nlu/data/training/a.yml", "other"),
        ("nlu/data/training/new.yml", "new"),
        ("nlu/components/b.py", "other"),
        ("nlu/text.py", "other"),
        (".venv-rasa/lib/python3.11/site-packages/rasa-9.9.dist-info", ""),
    ],
)
def test_every_training_input_makes_the_model_stale(home: RasaHome, file: str, content: str) -> None:
    before = fingerprint(home)
    (home.root / file).parent.mkdir(parents=True, exist_ok=True)
    (home.root / file).write_text(content)
    assert fingerprint(home) != before


def test_a_broken_domain_file_is_named(home: RasaHome) -> None:
    (home.root / "domain.yml").write_text("responses: [{text: a?}, {")
    with pytest.raises(TrainingError, match=r"domain\.yml"):
        fingerprint(home)


@pytest.mark.asyncio
async def test_a_missing_model_is_trained_once_with_a_line_of_progress(home: RasaHome) -> None:
    install(home)
    lines: list[str] = []
    trained = await ensure_model(home, dict(os.environ), lines.append)
    assert trained == model_path(home)
    assert trained.read_text() == "model\n"
    assert "training: Fake" in lines
    again: list[str] = []
    assert await ensure_model(home, {}, again.append) == trained
    assert again == []


@pytest.mark.asyncio
async def test_a_failed_training_says_why_and_leaves_nothing_behind(home: RasaHome) -> None:
    install(home, body='echo "no such intent"; exit 3')
    with pytest.raises(TrainingError, match="no such intent"):
        await ensure_model(home, dict(os.environ), lambda line: None)
    assert list(home.models.iterdir()) == []


@pytest.mark.asyncio
async def test_without_the_rasa_environment_one_clear_line_is_said(home: RasaHome) -> None:
    with pytest.raises(RasaMissing, match="make setup"):
        await ensure_model(home, {}, lambda line: None)


def test_only_our_oldest_models_are_deleted(tmp_path: Path) -> None:
    names = [f"nlu-{number:012x}.tar.gz" for number in range(5)] + ["mine.tar.gz", "nlu-2026.tar.gz"]
    for age, name in enumerate(names):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (age, age))
    prune(tmp_path, tmp_path / names[0])
    assert {path.name for path in tmp_path.iterdir()} == {
        names[0],
        names[3],
        names[4],
        "mine.tar.gz",
        "nlu-2026.tar.gz",
    }


def test_rasa_gets_no_secret_of_the_app() -> None:
    given = rasa_environment({"PATH": "/bin", "MOTCUA_SIGNING_KEY": "s"}, {"MOTCUA_INDEX_URL": "http://x"})
    assert "MOTCUA_SIGNING_KEY" not in given
    assert (given["PATH"], given["MOTCUA_INDEX_URL"], given["RASA_TELEMETRY_ENABLED"]) == ("/bin", "http://x", "false")


def accept(home: RasaHome, text: str = "learned") -> None:
    """Lay accepted questions ready, as ``motcua train`` writes them."""
    (home.root / ACCEPTED).parent.mkdir(parents=True, exist_ok=True)
    (home.root / ACCEPTED).write_text(text)


def test_accepted_questions_make_the_model_stale_and_without_them_all_is_as_before(home: RasaHome) -> None:
    before = fingerprint(home)
    accept(home)
    first = fingerprint(home)
    accept(home, "more")
    assert len({before, first, fingerprint(home)}) == 3
    (home.root / ACCEPTED).unlink()
    assert fingerprint(home) == before


@pytest.mark.asyncio
async def test_the_training_sees_accepted_questions_beside_ours(home: RasaHome) -> None:
    seen = home.root / "seen"
    install(home, body=f'for a in "$@"; do [ -d "$a/." ] && ls "$a" >> {seen}; done')
    await ensure_model(home, dict(os.environ), lambda line: None)
    assert "learned" not in seen.read_text()
    accept(home)
    seen.unlink()
    await ensure_model(home, dict(os.environ), lambda line: None)
    assert {"a.yml", "learned_accepted.yml"} <= set(seen.read_text().split())


def promote(home: RasaHome, name: str) -> None:
    """Make a model live."""
    live = LiveModel(name, "x", code_hash(home.root), "2026-11-22T09:00:00+00:00")
    write_live(home.models, live)
    (home.models / name).touch()


@pytest.mark.asyncio
async def test_the_promoted_model_is_served_and_nothing_is_trained(home: RasaHome) -> None:
    install(home, body="exit 1")
    promote(home, "nlu-000000000001.tar.gz")
    lines: list[str] = []
    assert (await serving_model(home, {}, lines.append)).name == "nlu-000000000001.tar.gz"
    assert "motcua model promote" in lines[0]


@pytest.mark.asyncio
async def test_a_promoted_model_of_another_program_gives_way_to_the_present_inputs(home: RasaHome) -> None:
    install(home)
    promote(home, "nlu-000000000001.tar.gz")
    (home.root / "nlu" / "components" / "b.py").write_text("changed")
    lines: list[str] = []
    assert await serving_model(home, dict(os.environ), lines.append) == model_path(home)
    assert "does not fit" in lines[0]


@pytest.mark.asyncio
async def test_while_nothing_is_promoted_the_model_of_the_present_inputs_is_served(home: RasaHome) -> None:
    install(home)
    assert await serving_model(home, dict(os.environ), lambda line: None) == model_path(home)


def test_the_live_model_is_never_deleted_however_old(home: RasaHome) -> None:
    promote(home, "nlu-000000000009.tar.gz")
    for age in range(5):
        path = home.models / f"nlu-{age:012x}.tar.gz"
        path.touch()
        os.utime(path, (age + 10, age + 10))
    os.utime(home.models / "nlu-000000000009.tar.gz", (0, 0))
    prune(home.models, home.models / "nlu-000000000004.tar.gz")
    assert {path.name for path in home.models.glob("*.gz")} == {f"nlu-00000000000{n}.tar.gz" for n in (2, 3, 4, 9)}
