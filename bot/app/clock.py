"""The clock of the house."""

from __future__ import annotations

from datetime import UTC, datetime


def present() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)
