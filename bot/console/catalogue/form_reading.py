"""Reads the form of one procedure: a changed record, or what is wrong with it in words that say what to do. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from bot.console.catalogue.form import GROUPS, LINES, PLAIN, Shape, Values, is_web, plain, written
from bot.console.catalogue.form_rows import Faults, read_cases, read_methods
from bot.console.catalogue.words import PARTS
from nlu.catalogue.diff import compare
from nlu.catalogue.model import Detail, Level, OnlineLevel, Origin, Procedure, Source, last_day
from nlu.catalogue.starter import DISSOLVED_MINISTRIES

_DAY = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
_DOUBTED = {"fees": "fee", "times": "time", "papers": "cases", "name": "name"}
"""Of which field a doubt is gone when its part was corrected."""


@dataclass(frozen=True)
class Read:
    """What the form came to."""

    procedure: Procedure
    changed: tuple[str, ...]
    """Groups that say something else than the record."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """What is wrong, by the name of the field."""


def read_form(original: Procedure, values: Values, shape: Shape, today: date) -> Read:
    """Read a form.

    Args:
        original: the record that was opened.
        values: as typed.
        shape: of the form.
        today: no source can be of a later day.
    """
    before = written(original)
    faults: Faults = {}
    found: dict[str, Any] = {}
    for group in GROUPS:
        names = dict.fromkeys((*Shape.of(original).names(group), *shape.names(group)))
        if all(plain(values.get(name, "")) == plain(before.get(name, "")) for name in names):
            continue
        parsed = _READ[group](values, shape, faults)
        if parsed != {name: getattr(original, name) for name in parsed}:
            found[group] = parsed
    changes = {name: value for parsed in found.values() for name, value in parsed.items()}
    edited = msgspec.structs.replace(original, **changes)
    _check(edited, found, faults)
    origins = _origins(original, edited, found, values, today, faults)
    return Read(_settled(original, edited, origins), tuple(found), faults)


def read_as_of(text: str, today: date) -> tuple[str, str]:
    """Read a day, month or year as officials write it; return it in ISO form, or what is wrong with it."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return "", "Ghi ngày theo dạng 15/10/2026, hoặc tháng 10/2026, hoặc năm 2026."
    day, month, year = match.groups()
    iso = "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        last_day(iso)
    except ValueError:
        return "", f"Không có ngày “{text.strip()}” trong lịch."
    return ("", f"Ngày “{text.strip()}” ở tương lai.") if first > today else (iso, "")


def read_day(text: str) -> tuple[date | None, str]:
    """Read a whole day, past or coming; return it, or what is wrong with it."""
    match = _DAY.fullmatch(text.strip())
    day, month, year = match.groups() if match is not None else (None, None, None)
    if not (day and month and year):
        return None, "Ghi ngày theo dạng 15/12/2026."
    try:
        return date(int(year), int(month), int(day)), ""
    except ValueError:
        return None, f"Không có ngày “{text.strip()}” trong lịch."


def _origins(
    original: Procedure, edited: Procedure, found: Mapping[str, object], values: Values, today: date, faults: Faults
) -> dict[str, Origin]:
    """Return the sources of all parts that changed; each group names its own, or takes the common one."""
    sources: dict[str, Origin] = {}
    parts = {change.part for change in compare(original, edited)}
    for group in found:
        source = values.get(f"{group}_source", "") or values.get("all_source", "")
        as_of = values.get(f"{group}_as_of", "") or values.get("all_as_of", "")
        url = values.get(f"{group}_source_url", "") or values.get("all_source_url", "")
        label = PARTS[group]
        if url and not is_web(url):
            faults[f"{group}_source"] = f"“{label}”: đường dẫn của nguồn phải bắt đầu bằng https:// hoặc http://."
        if not source:
            faults[f"{group}_source"] = f"“{label}” đã đổi: ghi văn bản hoặc trang làm căn cứ."
        iso, wrong = read_as_of(as_of, today) if as_of else ("", f"“{label}” đã đổi: ghi ngày của nguồn.")
        if wrong:
            faults[f"{group}_as_of"] = wrong
        if source and iso:
            made = Source(name=source, url=url or None)
            for part in parts & {"fees", "times", "ways"} if group == "methods" else {group}:
                sources[part] = Origin(part=part, source=made, as_of=iso)
    return sources


def _settled(original: Procedure, edited: Procedure, sources: Mapping[str, Origin]) -> Procedure:
    """Return the record with its sources; what was doubtful about a corrected part is settled."""
    kept = [one for one in original.origins if one.part not in sources]
    settled = [_DOUBTED[part] for part in sources if part in _DOUBTED]
    doubts = tuple(one for one in original.doubts if not any(name in one.field for name in settled))
    whole = bool(edited.methods) and any(case.papers for case in edited.cases)
    detail = Detail.FULL if whole else edited.detail
    origins = tuple(sorted((*kept, *sources.values()), key=lambda one: one.part))
    return msgspec.structs.replace(edited, origins=origins, doubts=doubts, detail=detail)


def _check(edited: Procedure, found: Mapping[str, object], faults: Faults) -> None:
    if not edited.name:
        faults["name"] = "Thủ tục phải có tên."
    if "url" in found and edited.url and not is_web(edited.url):
        faults["url"] = "Đường dẫn phải bắt đầu bằng https:// hoặc http://."
    if "levels" in found and Level.DISTRICT in edited.levels and not edited.caveats:
        faults["levels"] = "Cấp huyện đã bỏ từ 01/07/2025: chọn cấp khác, hoặc ghi lưu ý cho người đọc."
    if "agencies" in found and not edited.caveats:
        gone = next((one for one in edited.agencies for old in DISSOLVED_MINISTRIES if old.lower() in one.lower()), "")
        if gone:
            faults["agencies"] = f"“{gone}” không còn từ năm 2025: ghi cơ quan thay thế, hoặc ghi lưu ý cho người đọc."


def _plain_of(name: str) -> Callable[[Values, Shape, Faults], dict[str, Any]]:
    def read(values: Values, shape: Shape, faults: Faults) -> dict[str, Any]:
        text = plain(values.get(name, ""))
        return {name: (text or None) if name == "url" else text}

    return read


def _lines_of(name: str) -> Callable[[Values, Shape, Faults], dict[str, Any]]:
    def read(values: Values, shape: Shape, faults: Faults) -> dict[str, Any]:
        lines = (line.strip() for line in plain(values.get(name, "")).split("\n"))
        return {name: tuple(line for line in lines if line)}

    return read


def _steps(values: Values, shape: Shape, faults: Faults) -> dict[str, Any]:
    found = (one.strip() for one in re.split(r"\n\s*\n", plain(values.get("steps", ""))))
    return {"steps": tuple(one for one in found if one)}


def _levels(values: Values, shape: Shape, faults: Faults) -> dict[str, Any]:
    ticked = values.get("levels", "").split()
    return {"levels": tuple(level for level in Level if level.value in ticked)}


def _online(values: Values, shape: Shape, faults: Faults) -> dict[str, Any]:
    chosen = values.get("online", "")
    return {"online": OnlineLevel(chosen) if chosen in set(OnlineLevel) else None}


_READ: Mapping[str, Callable[[Values, Shape, Faults], dict[str, Any]]] = {
    **{name: _plain_of(name) for name in PLAIN},
    **{name: _lines_of(name) for name in LINES},
    "steps": _steps,
    "levels": _levels,
    "online": _online,
    "nationwide": lambda values, shape, faults: {"nationwide": bool(values.get("nationwide", ""))},
    "papers": lambda values, shape, faults: {"cases": read_cases(values, shape, faults)},
    "methods": lambda values, shape, faults: {"methods": read_methods(values, shape, faults)},
}
