"""Which model is live: the one that was promoted, as ``models/live.json`` says; none on a fresh machine."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

RECORD = "live.json"
_SOURCES = ("nlu/text.py", "nlu/codes.py", "nlu/aspects.py", "nlu/understanding.py")

Figures = Mapping[str, Mapping[str, float | int | None]]
"""Figures of an evaluation: by kind of question, then by name."""


@dataclass(frozen=True)
class LiveModel:
    """The promoted model."""

    model: str
    """Name of its file in ``models/``."""
    fingerprint: str
    """Of the inputs that it was trained on."""
    code: str
    """``code_hash`` of the program when it was promoted."""
    promoted_at: str
    """ISO 8601, UTC."""
    sayings: str = ""
    """Name of the file in ``models/`` with the learned sayings that were promoted along; empty for none."""
    questions: str = ""
    """Hash of the questions and the catalogue that it was measured with."""
    figures: Figures = field(default_factory=dict)


def read_live(models: Path) -> LiveModel | None:
    """Return the promoted model; ``None`` when there is none, or its record cannot be read."""
    try:
        raw = json.loads((models / RECORD).read_text("utf-8"))
        found = LiveModel(**{one.name: raw[one.name] for one in fields(LiveModel) if one.name in raw})
    except (OSError, ValueError, TypeError):
        return None
    return found if Path(found.model).name == found.model else None


def write_live(models: Path, live: LiveModel, sayings: Path | None = None) -> LiveModel:
    """Make a model live in one step; the learned sayings are copied beside it first.

    Args:
        models: folder of the models.
        live: the model; its field ``sayings`` is filled in here.
        sayings: file with the learned sayings that go with it.

    Returns:
        What was written.
    """
    models.mkdir(parents=True, exist_ok=True)
    name = ""
    if sayings is not None and sayings.is_file():
        name = f"sayings-{hashlib.sha256(sayings.read_bytes()).hexdigest()[:12]}.yml"
        shutil.copyfile(sayings, models / f"{name}.new")
        os.replace(models / f"{name}.new", models / name)
    written = LiveModel(**{**asdict(live), "sayings": name})
    descriptor, aside = tempfile.mkstemp(dir=models, prefix=f".{RECORD}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(written), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, models / RECORD)
    for old in models.glob("sayings-*.yml"):
        if old.name != name:
            old.unlink(missing_ok=True)
    return written


def code_hash(root: Path) -> str:
    """Return a hash of the program that runs inside the Rasa server: a model of another one may not load, or not work."""
    digest = hashlib.sha256()
    for path in sorted([*(root / "nlu" / "components").rglob("*.py"), *(root / source for source in _SOURCES)]):
        digest.update(f"{path.relative_to(root)}\0".encode())
        digest.update(path.read_bytes())
    versions = (root / ".venv-rasa" / "lib").glob("python3*/site-packages/rasa-*.dist-info")
    digest.update(" ".join(sorted(path.name for path in versions)).encode())
    return digest.hexdigest()[:12]


def live_path(root: Path) -> Path | None:
    """Return the file of the promoted model when it is there and fits the program; else ``None``."""
    live = read_live(root / "models")
    if live is None or live.code != code_hash(root):
        return None
    path = root / "models" / live.model
    return path if path.is_file() else None
