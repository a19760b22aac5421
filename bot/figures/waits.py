"""How long people wait, as counts of few classes: from these come median and 95th percentile of any number of days. Pure."""

from __future__ import annotations

from collections.abc import Mapping

BOUNDS = (
    0.1,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.8,
    1.0,
    1.25,
    1.5,
    2.0,
    2.5,
    3.0,
    4.0,
    5.0,
    7.5,
    10.0,
    15.0,
    20.0,
    30.0,
    60.0,
    120.0,
    300.0,
    900.0,
    3600.0,
)
"""Upper ends of the classes in seconds; the last class has none. Stored counts name classes by their place: never change it."""


def at_most(counts: Mapping[int, int], share: float) -> float | None:
    """Return within how many seconds a share of all replies came: the upper end of its class.

    Args:
        counts: by place in ``BOUNDS``.
        share: such as 0.95.

    Returns:
        ``None`` without replies; infinity beyond the last bound.
    """
    total = sum(counts.values())
    if not total:
        return None
    seen = 0
    for place in sorted(counts):
        seen += counts[place]
        if seen >= share * total:
            return BOUNDS[place] if place < len(BOUNDS) else float("inf")
    return float("inf")


def middle(counts: Mapping[int, int]) -> int | None:
    """Return the lower median of values that were counted; ``None`` for none."""
    total, seen = sum(counts.values()), 0
    for value in sorted(counts):
        seen += counts[value]
        if 2 * seen >= total > 0:
            return value
    return None
