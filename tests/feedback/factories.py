"""Builders of test data for feedback and its working time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from feedback.working_time.model import Sure
from feedback.working_time.pauses import Pause
from feedback.working_time.rules import DeadlineRule, Event, Unit
from feedback.working_time.zone import VIETNAM


def at(text: str) -> datetime:
    """A moment in Vietnam from ``20/11/2026 16:00``."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def day(text: str) -> date:
    """A day from ``20/11/2026``."""
    return datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=VIETNAM).date()


def pause(asked: str, supplied: str | None = None) -> Pause:
    """A wait for a supplement."""
    return Pause(at(asked), at(supplied) if supplied else None)


def rule(amount: int = 5, unit: Unit = Unit.WORKING_DAY, **changes: Any) -> DeadlineRule:
    """A deadline of so many working days from the receipt."""
    values: dict[str, Any] = {
        "id": "sample",
        "start": Event.RECEIPT,
        "basis": "a test",
        "sure": Sure.LAW,
        "valid_from": date(2000, 1, 1),
    }
    return DeadlineRule(amount=amount, unit=unit, **{**values, **changes})
