"""What a step changed, as it was before: kept in the log's details, so that the step can be taken back exactly. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from feedback.case import Case
from feedback.record import About, Border, Category, Kind, Matter, Outcome

_WAS = "was"
_MATTER = "matter was"


class _Former(msgspec.Struct, omit_defaults=True):
    unit: str | UnsetType = UNSET
    officer: str | UnsetType | None = UNSET
    accused: str | UnsetType | None = UNSET
    field: str | UnsetType | None = UNSET
    kind: Kind | UnsetType = UNSET
    about: About | UnsetType = UNSET
    border: Border | UnsetType = UNSET
    category: Category | UnsetType | None = UNSET
    basis: str | UnsetType | None = UNSET
    outcome: Outcome | UnsetType | None = UNSET
    merged_into: int | UnsetType | None = UNSET
    ended_at: datetime | UnsetType | None = UNSET
    clock_from: datetime | UnsetType = UNSET
    reopened: int | UnsetType = UNSET
    satisfied: int | UnsetType | None = UNSET


_EMPTY_IS_NULL = frozenset({"officer", "accused", "field", "basis"})


def former(case: Case, changed: Collection[str], restated: bool) -> Mapping[str, str]:
    """Return the details that undoing needs.

    Args:
        case: the record before the step.
        changed: names of the columns that the step changes; the status stands in the entry itself.
        restated: whether the matter is changed too.
    """
    values = {name: _value(case, name) for name in changed if name != "status"}
    details = {_WAS: msgspec.json.encode(_Former(**values)).decode()} if values else {}
    if restated:
        details[_MATTER] = msgspec.json.encode(case.matter).decode()
    return details


def restored(details: Mapping[str, str]) -> tuple[dict[str, Any], Matter | None]:
    """Return the columns and the matter as they were before the step whose details these are."""
    was = msgspec.json.decode(details.get(_WAS, "{}"), type=_Former)
    told = {name: getattr(was, name) for name in _Former.__struct_fields__}
    matter = details.get(_MATTER)
    values = {name: value for name, value in told.items() if value is not UNSET}
    return values, msgspec.json.decode(matter, type=Matter) if matter else None


def _value(case: Case, name: str) -> Any:
    value = getattr(case, name)
    return None if name in _EMPTY_IS_NULL and value == "" else value
