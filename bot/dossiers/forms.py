"""Which set of one-stop forms was in force on a day: one slip has two names, and its number is never said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from feedback.working_time.model import Sure
from nlu.yaml_files import read_yaml

TABLE = Path(__file__).with_name("data") / "forms.yml"


class FormSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One set of forms."""

    name: str
    valid_from: date
    sure: Sure
    source: str


@dataclass(frozen=True)
class FormSets:
    """All sets, the oldest first."""

    sets: Sequence[FormSet]

    def on(self, day: date) -> FormSet:
        """Return the set in force on a day; the first one for days before it."""
        return next((one for one in reversed(self.sets) if one.valid_from <= day), self.sets[0])


def load_forms(path: Path = TABLE) -> FormSets:
    """Read the table."""
    rows = msgspec.convert(read_yaml(path), tuple[FormSet, ...])
    return FormSets(tuple(sorted(rows, key=lambda one: one.valid_from)))
