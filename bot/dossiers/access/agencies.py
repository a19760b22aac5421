"""Agencies that decided that a second fact alone proves the applicant, each by a document of its own. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
import yaml

from bot.dossiers.agencies import unit_path
from bot.dossiers.ports import DossierError
from nlu.codes import DossierCode
from nlu.yaml_files import read_yaml

BUILT_IN = Path(__file__).with_name("agencies.yml")
"""The sample dossiers alone."""
SAMPLE_DIGITS = 4


class AgenciesError(DossierError):
    """A file of agencies cannot be used; the message says where and why."""


class FactAlone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One agency's decision."""

    unit: str
    """Code of the level-1 unit, or of a unit below it, the highest level first: ``H15`` or ``H15.50``."""
    document: str
    """Number, date and issuer of the paper that decides it."""
    valid_from: date
    valid_to: date | None = None
    """Last day; none for until further notice."""
    samples_from: int | None = None
    """Of a decision for made-up dossiers alone: the running number from which on they are; compared by its last digits."""

    def covers(self, code: DossierCode, today: date) -> bool:
        """Tell whether the decision holds for a dossier today."""
        in_force = self.valid_from <= today and (self.valid_to is None or today <= self.valid_to)
        numbered = self.samples_from is None or int(code.number[-SAMPLE_DIGITS:]) >= self.samples_from
        return in_force and numbered and f"{unit_path(code.unit)}.".startswith(f"{self.unit}.")

    @property
    def samples_only(self) -> bool:
        """Whether the dossier must also say of itself that it is a sample: no real one is opened by this decision."""
        return self.samples_from is not None


@dataclass(frozen=True)
class Agencies:
    """What the agencies decided; where nothing is decided, the dossier's telephone must be proved too."""

    decisions: Sequence[FactAlone]

    def fact_alone(self, code: DossierCode, today: date) -> FactAlone | None:
        """Return by which decision the second fact alone is enough. Only the code's own letters count, known or not."""
        covering = (one for one in self.decisions if one.covers(code, today))
        return min(covering, key=lambda one: one.samples_only, default=None)


def load_agencies(*files: Path) -> Agencies:
    """Read the decisions in some files: lists of ``unit``, ``document``, ``valid_from`` and perhaps ``valid_to``.

    Raises:
        AgenciesError: one of them cannot be read, or a decision names no document.
    """
    return Agencies(tuple(one for file in files for one in _read(file)))


def _read(file: Path) -> Sequence[FactAlone]:
    try:
        found = msgspec.convert(read_yaml(file) or [], type=list[FactAlone])
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise AgenciesError(f"{file}: not a list of agencies' decisions ({error})") from error
    for one in found:
        if not one.document.strip() or not one.unit:
            raise AgenciesError(f"{file}: the decision for {one.unit!r} must name its unit and its document")
    return found
