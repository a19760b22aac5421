"""What the search index knows beside the starter catalogue's sayings: those that a reviewer accepted."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path

import yaml

from nlu.catalogue.model import base_code
from nlu.catalogue.services import Entry
from nlu.yaml_files import read_yaml

ROOT = Path(__file__).resolve().parents[2]
TRAINED = ROOT / "var" / "learning" / "sayings.yml"
"""What ``motcua train`` wrote: a candidate until it is promoted."""
LIVE = ROOT / "models" / "live.json"
"""What ``motcua model promote`` wrote."""


def sayings_file() -> Path | None:
    """Return the learned sayings that search goes by: those promoted, or the newest while nothing ever was promoted."""
    if not LIVE.is_file():
        return TRAINED if TRAINED.is_file() else None
    try:
        name = str(json.loads(LIVE.read_text("utf-8")).get("sayings") or "")
    except (OSError, ValueError, AttributeError):
        return None
    path = LIVE.parent / name
    return path if name and path.parent == LIVE.parent and path.is_file() else None


def learned_sayings(path: Path | None) -> dict[str, tuple[str, ...]]:
    """Read learned sayings by national code; nothing when there is no file or it cannot be read."""
    try:
        raw = read_yaml(path) if path is not None else {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}
    found = raw.items() if isinstance(raw, dict) else ()
    return {str(code): tuple(map(str, said)) for code, said in found if isinstance(said, list)}


def with_learned(entry: Entry, learned: Mapping[str, tuple[str, ...]]) -> Entry:
    """Add what was learned for a procedure to what search knows of it."""
    more = learned.get(base_code(entry.code), ())
    return dataclasses.replace(entry, also_called=tuple(dict.fromkeys((*entry.also_called, *more)))) if more else entry
