"""Which province or ministry a dossier code names, and who answers for one that was merged. A dated table, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from feedback.working_time.model import Sure
from nlu.codes import DossierCode
from nlu.yaml_files import read_yaml

TABLE = Path(__file__).with_name("data") / "level1_codes.yml"
_NONE = frozenset({"0", "00", "000"})


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One code of level 1."""

    code: str
    name: str
    sure: Sure
    source: str
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    """Code of the unit that answers for it since."""


@dataclass(frozen=True)
class Agencies:
    """The table, by code."""

    known: Mapping[str, Agency]

    def of(self, code: DossierCode) -> Agency | None:
        """Return the agency that a dossier code names; ``None`` for one that the table lacks."""
        return self.known.get(code.level1)

    def successor(self, agency: Agency, today: date) -> Agency | None:
        """Return who answers for an agency today; ``None`` while it answers itself."""
        ended = agency.valid_to is not None and agency.valid_to < today
        return self.known.get(agency.successor) if ended else None


def load_agencies(path: Path = TABLE) -> Agencies:
    """Read the table."""
    rows = msgspec.convert(read_yaml(path), tuple[Agency, ...])
    return Agencies({row.code: row for row in rows})


def unit_path(unit: str) -> str:
    """Return the unit of a dossier code with the highest level first, whichever way the layout writes it."""
    # Only the old layout begins with a number.
    return ".".join(reversed(unit.split("."))) if unit[:1].isdigit() else unit


def office_code(code: DossierCode) -> str:
    """Return the receiving unit with the province first and without empty levels, as office hours are kept: ``H34.16``."""
    ordered = unit_path(code.unit).split(".")
    while len(ordered) > 1 and ordered[-1] in _NONE:
        ordered = ordered[:-1]
    return ".".join(ordered)
