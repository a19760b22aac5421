"""Figures over evaluated questions: per kind, per source and together."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from bot.evaluation.aspect_scores import aspect_scores, macro_f1
from bot.evaluation.run import Result

DECLINING = ("declined", "not_in_catalogue")
COLUMNS = (
    "questions", "R@1", "R@3", "R@10", "answered", "asked back", "choice", "right among options", "declined", "aspect",
    "aspect F1", "p50 ms", "p95 ms",
)  # fmt: skip
"""``choice``: asked back with services to choose from; ``right among options``: with a right one among them."""


def summarise(results: Sequence[Result]) -> dict[str, dict[str, float | int | None]]:
    """Return the figures per kind."""
    kinds = dict.fromkeys(result.case.kind for result in results)
    return {kind: figures([result for result in results if result.case.kind == kind]) for kind in kinds}


def figures(results: Sequence[Result]) -> dict[str, float | int | None]:
    """Return the figures of some questions; shares between 0 and 1, ``None`` where nothing was to be scored."""
    scored = [result for result in results if result.case.accept]
    aspects = [result.aspect_right for result in results if result.aspect_right is not None]
    times = sorted(result.milliseconds for result in results)
    return {
        "questions": len(results),
        "R@1": _share([result.rank < 1 for result in scored]),
        "R@3": _share([result.rank < 3 for result in scored]),
        "R@10": _share([result.rank < 10 for result in scored]),
        "answered": _share([result.answered for result in results]),
        "asked back": _share([result.outcome == "choose" for result in results]),
        "choice": _share([bool(result.options) for result in results]),
        "right among options": _share([result.right_among_options for result in scored]),
        "declined": _share([result.outcome in DECLINING for result in results]),
        "aspect": _share(aspects),
        "aspect F1": macro_f1(aspect_scores(results)),
        "p50 ms": round(statistics.median(times), 1) if times else None,
        "p95 ms": percentile(times, 0.95),
    }


def percentile(times: Sequence[float], share: float) -> float | None:
    """Return the time that so large a share of the times stays below."""
    ordered = sorted(times)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else None


def table(results: Sequence[Result]) -> str:
    """Return one table: each kind in all, then each source of it."""
    rows: list[tuple[str, ...]] = [("kind / source", *COLUMNS)]
    for kind, whole in summarise(results).items():
        rows.append(_row(kind, whole))
        sources = dict.fromkeys(result.case.source for result in results if result.case.kind == kind)
        if len(sources) > 1:
            for source in sources:
                some = [result for result in results if result.case.kind == kind and result.case.source == source]
                rows.append(_row(f"  {source}", figures(some)))
    return aligned(rows)


def aligned(rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows of cells as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def as_json(results: Sequence[Result]) -> dict[str, Any]:
    """Return summary and cases as plain data."""
    return {
        "summary": summarise(results),
        "cases": [
            {
                "text": result.case.text,
                "kind": result.case.kind,
                "accept": list(result.case.accept),
                "outcome": result.outcome,
                "candidates": [
                    {"code": one.code, "score": one.score, "members": list(one.codes)} for one in result.candidates
                ],
                "options": [list(codes) for codes in result.options],
                "confidence": result.confidence,
                "signs": dict(result.signs),
                "intent": result.intent,
                "aspects": list(result.aspects),
                "milliseconds": result.milliseconds,
            }
            for result in results
        ],
    }


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None


def _row(name: str, found: dict[str, float | int | None]) -> tuple[str, ...]:
    return (name, *(cell(column, found[column]) for column in COLUMNS))


def cell(column: str, value: float | int | None) -> str:
    """Return a figure as it is printed."""
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) and "ms" not in column else str(value)
