"""What a report is about: hashes of the catalogue, the questions and the model, without dates and paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nlu.catalogue.starter import starter_files

STARTER = "starter catalogue"


@dataclass(frozen=True)
class Origin:
    """What was measured, and with what. Equal origins have comparable figures."""

    catalogue: str
    """Name and hash."""
    questions: tuple[str, ...]
    """Name and hash of each file."""
    model: str
    """Name of the model's file, or of what was measured instead of one."""


def origin_of(catalogue: Path | None, questions: Sequence[Path], model: str) -> Origin:
    """Return the origin of a report.

    Args:
        catalogue: file with procedures; ``None`` for the starter catalogue.
        questions: files with questions.
        model: name of the model's file.
    """
    files = starter_files() if catalogue is None else [catalogue]
    return Origin(
        f"{catalogue.name if catalogue else STARTER} ({_hash(files)})",
        tuple(f"{path.name} ({_hash([path])})" for path in questions),
        model,
    )


def _hash(files: Sequence[Path]) -> str:
    digest = sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
