"""Reads and checks the starter catalogue: one YAML file per procedure under ``nlu/data/starter``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import yaml

from nlu.catalogue.model import FeeKind, Level, Procedure, base_code
from nlu.yaml_files import read_yaml

STARTER_DIR = Path(__file__).resolve().parents[1] / "data" / "starter"

DISSOLVED_MINISTRIES = (
    "Lao động - Thương binh",
    "Lao động – Thương binh",
    "Bộ Kế hoạch và Đầu tư",
    "Bộ Giao thông vận tải",
    "Bộ Tài nguyên và Môi trường",
    "Bộ Nông nghiệp và Phát triển nông thôn",
    "Bộ Thông tin và Truyền thông",
    "Sở Kế hoạch và Đầu tư",
    "Sở Giao thông vận tải",
    "Sở Tài nguyên và Môi trường",
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Sở Thông tin và Truyền thông",
    "cấp huyện",
    "Phòng Tư pháp",
)
"""Bodies that ended in 2025: an entry that still names one as its agency must carry a caveat."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a starter file."""

    file: str
    key: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.problem}; {self.remedy}"


def starter_files(folder: Path = STARTER_DIR) -> list[Path]:
    """Return the starter files in a fixed order."""
    return sorted(folder.glob("*/*.yaml"))


def load_file(path: Path) -> tuple[Procedure | None, list[Fault]]:
    """Read one file; a file with faults may still give a procedure."""
    name = f"{path.parent.name}/{path.name}"
    try:
        raw = read_yaml(path)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return None, [Fault(name, "file", f"is not YAML: {error}", "mend the indentation or quote the value")]
    try:
        procedure = msgspec.convert(raw, Procedure)
    except msgspec.ValidationError as error:
        message, _, key = str(error).partition(" - at `")
        return None, [Fault(name, key.rstrip("`") or "$", message, "see docs/catalogue-format.md")]
    return procedure, list(_faults(name, path.stem, procedure))


def load_starter(folder: Path = STARTER_DIR) -> tuple[list[Procedure], list[Fault]]:
    """Read the whole starter catalogue with every fault found in it."""
    procedures: list[Procedure] = []
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for path in starter_files(folder):
        procedure, found = load_file(path)
        faults.extend(found)
        if procedure is None:
            continue
        if procedure.code in seen:
            remedy = f"keep one of it and {seen[procedure.code]}"
            faults.append(Fault(path.name, "code", f"{procedure.code} stands twice", remedy))
            continue
        seen[procedure.code] = path.name
        procedures.append(procedure)
    return procedures, faults


def _faults(name: str, stem: str, procedure: Procedure) -> Iterator[Fault]:
    if procedure.code != stem:
        yield Fault(name, "code", f"is {procedure.code}", f"name the file {procedure.code}.yaml")
    if procedure.name.lower().startswith("thủ tục "):
        yield Fault(name, "name", 'starts with "Thủ tục"', "drop the word")
    if len(procedure.also_called) < 3:
        yield Fault(name, "also_called", "has fewer than three entries", "add what people say")
    if Level.DISTRICT in procedure.levels and not procedure.caveats:
        yield Fault(
            name, "levels", "names the district level", "districts ended on 01/07/2025: correct it or add a caveat"
        )
    for agency in procedure.agencies:
        if any(old.lower() in agency.lower() for old in DISSOLVED_MINISTRIES) and not procedure.caveats:
            yield Fault(name, "agencies", f"{agency} no longer exists", "name its successor or add a caveat")
    yield from _method_faults(name, procedure)
    if base_code(procedure.code) != procedure.code:
        yield Fault(name, "code", "is a provincial copy", "use the national code")


def _method_faults(name: str, procedure: Procedure) -> Iterator[Fault]:
    ways = [method.way for method in procedure.methods]
    if len(ways) != len(set(ways)):
        yield Fault(name, "methods", "repeats a way of filing", "put the cases of one way into its text or items")
    for number, method in enumerate(procedure.methods):
        where = f"methods[{number}]"
        if (method.time.amount is None) != (method.time.unit is None):
            yield Fault(
                name, f"{where}.time", "has an amount or a unit alone", "give both, or say it in text, or leave it out"
            )
        fixed = method.fee.kind is FeeKind.FIXED
        if fixed != (method.fee.amount is not None):
            yield Fault(name, f"{where}.fee", "amount goes with kind fixed, and only with it", "correct kind or amount")
        if method.fee.kind in (FeeKind.VARIES, FeeKind.LOCAL) and not (method.fee.items or method.fee.text):
            yield Fault(name, f"{where}.fee", f"{method.fee.kind} says nothing more", "add text or items")
