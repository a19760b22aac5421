"""Reads how grades are given, and what officials say about a unit as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from bot.dossiers.ports import DossierError
from bot.dossiers.rating.grade import OF_UNIT, Grade, Index, Rule
from nlu.yaml_files import read_yaml

_Shape = TypeVar("_Shape")
DATA = Path(__file__).with_name("data") / "grading.yml"


class GradingFileError(DossierError):
    """A file about grading is missing or malformed; the message says where."""


class _Grade(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    least: float = msgspec.field(name="from")


class _Rule(msgspec.Struct, forbid_unknown_fields=True):
    version: str
    source: str
    sure: str
    doubt: str
    valid_from: date
    most_points: int
    decimals: int
    grades: tuple[_Grade, ...]
    readings: dict[str, str]
    valid_to: date | None = None


class _Unit(msgspec.Struct, forbid_unknown_fields=True):
    source: str
    points: dict[int, int]


def load_rule(day: date, path: Path = DATA) -> Rule:
    """Read the rule that holds on a day.

    Raises:
        GradingFileError: the file is malformed, or its rule does not hold then.
    """
    found = _read(path, _Rule)
    if day < found.valid_from or (found.valid_to is not None and day > found.valid_to):
        raise GradingFileError(f"{path.name}: the rule {found.version} does not hold on {day}")
    grades = tuple(Grade(one.name, Decimal(str(one.least))) for one in found.grades)
    if not grades or list(grades) != sorted(grades, key=lambda one: one.least, reverse=True):
        raise GradingFileError(f"{path.name}: the grades must stand with the best first")
    return Rule(found.version, found.source, found.doubt, found.most_points, found.decimals, grades)


def load_units(path: Path) -> Mapping[str, Mapping[Index, int]]:
    """Read the points of units' own indices, each unit with the source that says so.

    Raises:
        GradingFileError: the file is malformed, or gives points that cannot be.
    """
    units = _read(path, dict[str, _Unit])
    allowed = {int(index) for index in OF_UNIT}
    for name, unit in units.items():
        if not unit.source.strip():
            raise GradingFileError(f"{path.name}: {name}: say in source: who says so")
        if not set(unit.points) <= allowed or not set(unit.points.values()) <= {0, 1, 2}:
            raise GradingFileError(f"{path.name}: {name}: points are 0, 1 or 2, of the indices {sorted(allowed)}")
    return {name: {Index(index): point for index, point in unit.points.items()} for name, unit in units.items()}


def _read(path: Path, shape: type[_Shape]) -> _Shape:
    try:
        return msgspec.convert(read_yaml(path), shape, strict=True)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise GradingFileError(f"{path.name}: {error}") from error
