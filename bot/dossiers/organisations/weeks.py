"""Weeks by which summaries are told apart. Pure."""

from __future__ import annotations

from datetime import datetime

from feedback.working_time.zone import here


def week_of(moment: datetime) -> str:
    """Return the week of a moment in Vietnam, from Monday on: ``2026-W48``."""
    year, week, _ = here(moment).date().isocalendar()
    return f"{year}-W{week:02}"
