"""The arithmetic of the measurement: percentiles of one phase, medians and ratios over rounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.load import Outcome


@dataclass(frozen=True)
class Figures:
    """What one phase, or the median of several, came to; times in milliseconds, ``nan`` where nothing was answered."""

    p50: float
    p95: float
    turns_per_second: float
    turns: int
    """Answered."""
    failures: int


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share (0 to 1) of the values lies, interpolated; ``nan`` of none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def figures(outcome: Outcome) -> Figures:
    """Return the figures of one phase."""
    turns = len(outcome.milliseconds)
    return Figures(
        p50=percentile(outcome.milliseconds, 0.50),
        p95=percentile(outcome.milliseconds, 0.95),
        turns_per_second=turns / outcome.seconds,
        turns=turns,
        failures=len(outcome.failures),
    )


def medians(rounds: Sequence[Figures]) -> Figures:
    """Return the median of each time and rate over the rounds; turns and failures are added up."""
    return Figures(
        p50=median(one.p50 for one in rounds),
        p95=median(one.p95 for one in rounds),
        turns_per_second=median(one.turns_per_second for one in rounds),
        turns=sum(one.turns for one in rounds),
        failures=sum(one.failures for one in rounds),
    )


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median over rounds of ours to theirs: what slows the machine in one round slows both."""
    pairs = [mine / other for mine, other in zip(ours, theirs, strict=True) if other]
    return median(pairs) if pairs else math.nan
