"""The shape of ``data/samples.yml``: of what sample dossiers are made."""

from __future__ import annotations

from pathlib import Path

import msgspec

from bot.dossiers.record import SlipKind, Status
from nlu.yaml_files import read_yaml

SAMPLES = Path(__file__).with_name("data") / "samples.yml"


class SampleUnit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit that receives."""

    id: str
    name: str
    lead: str = ""
    """Digits of the owning ministry before the running number."""
    long: bool = False
    """Whether its codes write the century."""


class SampleProcedure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A procedure of our catalogue."""

    code: str
    name: str
    days: int
    papers: tuple[str, ...]


class SampleStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step that all of them go through."""

    unit: str
    officer: str
    action: str


class Scene(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What has happened to a dossier. Working days from today; negative ones ago."""

    status: Status
    due: int | None = None
    begun: int = 0
    """Steps begun."""
    ended: int | None = None
    """Working days since its end."""
    again: int | None = None
    """The new appointment of an apology."""


class SampleWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    families: tuple[str, ...]
    middles: tuple[str, ...]
    given: tuple[str, ...]
    phones: str
    """How telephone numbers begin."""
    citizens: str
    """How citizens' id numbers begin."""
    taxpayers: str
    """How organisations' numbers begin."""
    organisations: tuple[str, ...]
    units: tuple[SampleUnit, ...]
    procedures: tuple[SampleProcedure, ...]
    steps: tuple[SampleStep, ...]
    reasons: dict[SlipKind, str]
    next_step: str
    collect_at: str
    contact: str
    unmapped: str
    """A state that no table maps."""
    scenes: tuple[Scene, ...]


def load_sample_words(path: Path = SAMPLES) -> SampleWords:
    """Read the file."""
    return msgspec.convert(read_yaml(path), SampleWords)
