"""Which column of the register tells what of a record. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feedback.record import Matter, Status, Submission


@dataclass(frozen=True)
class Placing:
    """Where a new record goes in the house, and what it takes over from the one that it is split from."""

    unit: str
    status: Status
    field: str = ""
    accused: str = ""
    split_from: int | None = None
    clock_from: datetime | None = None
    """Since when its clocks run; ``None``: since it was sent."""
    restricted_at: datetime | None = None
    """Since when its sender's data serve the law alone."""


def row_of(given: Submission, placing: Placing, at: datetime) -> dict[str, Any]:
    """Return what stands readable of a new record; its number and what is sealed come beside it."""
    matter, suggested = given.matter, given.suggested
    return {
        "receipt": given.receipt,
        "book": given.book,
        "form": given.form,
        "channel": given.channel,
        "kind": suggested.kind,
        "about": suggested.about,
        "border": suggested.border,
        "category": suggested.category,
        "status": placing.status,
        "field": placing.field or None,
        "unit": placing.unit,
        "accused": placing.accused or None,
        "sender_kind": given.sender.kind,
        "submitted_at": given.at,
        "entered_at": at,
        "clock_from": placing.clock_from or given.at,
        "split_from": placing.split_from,
        "reopened": 0,
        "publishable": given.consent.publish,
        "sample": given.sample,
        "revision": 1,
    } | matter_columns(matter)


def matter_columns(matter: Matter) -> dict[str, Any]:
    """What of the matter stands readable beside its sealed body."""
    return {
        "procedure_code": matter.procedure_code or None,
        # Without a code it is what the sender typed: sealed with the rest.
        "procedure_name": (matter.procedure_name or None) if matter.procedure_code else None,
        "agency": matter.agency,
        "dossier_code": matter.dossier_code or None,
        "days_late": matter.days_late,
        "happened_on": matter.happened_on,
    }
