"""How long answers took with few and with many dossiers, and what that says about growth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.figures import percentile

WANTED_P95_MS = 120.0


@dataclass(frozen=True)
class Answers:
    """How long answers took with so many dossiers."""

    what: str
    database: str
    dossiers: int
    asked: int
    p50: float
    p95: float
    worst: float


def answers(what: str, database: str, dossiers: int, milliseconds: Sequence[float]) -> Answers:
    """Return the figures of one database at one size."""
    p50, p95, worst = (percentile(milliseconds, share) for share in (0.50, 0.95, 1.0))
    return Answers(what, database, dossiers, len(milliseconds), p50, p95, worst)


def told_answers(found: Sequence[Answers]) -> Iterator[str]:
    """Yield a line per measurement, then one per kind of answer and database about its growth."""
    for one in found:
        yield (
            f"{one.what:<9}{one.database:<11}{one.dossiers:>10} dossiers: p50 {one.p50:6.2f} ms, p95 {one.p95:6.2f} ms,"
            f" worst {one.worst:7.2f} ms of {one.asked}; wanted p95 ≤ {WANTED_P95_MS:.0f} ms"
        )
    for what, database in dict.fromkeys((one.what, one.database) for one in found):
        mine = sorted(
            (one for one in found if (one.what, one.database) == (what, database)), key=lambda one: one.dossiers
        )
        if len(mine) > 1:
            yield (
                f"{what:<9}{database:<11}growth {mine[0].dossiers} → {mine[-1].dossiers}:"
                f" p50 × {mine[-1].p50 / mine[0].p50:.2f}, p95 × {mine[-1].p95 / mine[0].p95:.2f}"
            )
