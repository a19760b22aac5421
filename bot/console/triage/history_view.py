"""The log of a record as the page shows it: who, when, from what to what, why; and whether the last step can be taken back. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.console.triage.words import ABOUTS, ACTIONS, BASES, BORDERS, CATEGORIES, HIDDEN, KINDS, OUTCOMES, STATUSES
from feedback.actor import CITIZEN, SYSTEM, Actor
from feedback.former import restored
from feedback.log_store import Told
from feedback.reminders import Stage
from feedback.transitions import TRANSITIONS, Action
from feedback.undoing import NOTES, last_step

_COLUMNS: Mapping[str, tuple[str, Mapping[Any, str]]] = {
    "border": ("loại", BORDERS),
    "kind": ("hình thức", KINDS),
    "about": ("nói về", ABOUTS),
    "category": ("nhóm", CATEGORIES),
    "field": ("lĩnh vực", {}),
    "officer": ("người xử lý", {}),
    "basis": ("cơ sở", BASES),
    "outcome": ("kết quả", OUTCOMES),
}
_QUIET = NOTES - {Action.RATE}
"""Steps that leave a record's revision as it is."""
_OWN_WHYS: Mapping[Action, Mapping[str, str]] = {Action.HIDE: {one.value: said for one, said in HIDDEN.items()}}
_STAGES = {
    Stage.SOON.name.lower(): "sắp đến hạn",
    Stage.OVERDUE.name.lower(): "quá hạn",
    Stage.VERY_OVERDUE.name.lower(): "rất quá hạn",
}


@dataclass(frozen=True)
class Line:
    """One entry."""

    seq: int
    at: datetime
    who: str
    what: str
    moved: str
    """From and to which status; empty when it stayed."""
    units: str
    why: str
    more: Sequence[str]
    """Old values, and what else is told."""


def lines_of(
    told: Sequence[Told], names: Mapping[str, str], unit_name: Callable[[str], str], mask: Callable[[str], str]
) -> Sequence[Line]:
    """Return the entries, the newest first; what the sender gave as a reason is masked."""
    lines = [_line(one, names, unit_name) for one in told]
    masked = [
        replace(line, why=mask(line.why)) if line.why and one.entry.actor == CITIZEN.id else line
        for one, line in zip(told, lines, strict=True)
    ]
    return masked[::-1]


def _line(told: Told, names: Mapping[str, str], unit_name: Callable[[str], str]) -> Line:
    entry = told.entry
    moved = units = ""
    if entry.to_status is not None and entry.from_status is not entry.to_status:
        before = f"{STATUSES[entry.from_status]} → " if entry.from_status else ""
        moved = before + STATUSES[entry.to_status]
    if entry.from_unit and entry.to_unit and entry.from_unit != entry.to_unit:
        units = f"{unit_name(entry.from_unit)} → {unit_name(entry.to_unit)}"
    who = {CITIZEN.id: "Người gửi", SYSTEM.id: "Hệ thống"}.get(entry.actor) or names.get(entry.actor, entry.actor)
    return Line(entry.seq, entry.at, who, ACTIONS[entry.action], moved, units, _why(told), list(_more(told)))


def _why(told: Told) -> str:
    """Return the reason; where the register keeps one of its own words, what officials call it."""
    return _OWN_WHYS.get(told.entry.action, {}).get(told.why, told.why)


def _more(told: Told) -> Iterator[str]:
    if told.blank:
        yield "lý do và chi tiết đã được xóa theo thời hạn lưu"
        return
    details = told.details
    if "agency name" in details:
        yield f"cơ quan nhận: {details['agency name']}"
    if told.entry.action is Action.UNDO and details.get("action") in {one.value for one in Action}:
        yield f"bước được hoàn tác: {ACTIONS[Action(details['action'])].lower()}"
    if "version" in details:
        yield f"bản {details['version']}"
    if details.get("stage") in _STAGES:
        yield _STAGES[details["stage"]]
    if told.entry.action is not Action.UNDO:
        before, _ = restored(details)
        for name, value in before.items():
            if name in _COLUMNS:
                said, words = _COLUMNS[name]
                yield f"{said} trước đó: {words.get(value, value) if value else 'chưa có'}"


def seconds_to_undo(told: Sequence[Told], actor: Actor, at: datetime, minutes: int) -> int:
    """Return for how many seconds somebody may still take back the last step, which they made so many minutes ago at most."""
    last = last_step(told)
    if last is None or last.entry.actor != actor.id or TRANSITIONS[last.entry.action].leaves or last.blank:
        return 0
    return max(0, int((last.entry.at + timedelta(minutes=minutes) - at).total_seconds()))


def since_revision(told: Sequence[Told], steps: int) -> Sequence[Told]:
    """Return the newest steps of a record: so many raised its revision meanwhile."""
    moved = [one for one in told if one.entry.action not in _QUIET]
    return moved[-steps:] if steps > 0 else ()
