"""The section of the model report about the border of Decree 20."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.evaluation.border import F1_AT_LEAST, MISTAKEN_AT_MOST, Told, confusion, figures, scores
from bot.evaluation.grids import grid


def border_section(told: Mapping[str, Sequence[Told]]) -> list[str]:
    """Return what texts of feedback were taken for, in each spelling; nothing when none were asked."""
    lines: list[str] = []
    for name, some in told.items():
        found = figures(some)
        rows = [
            [one.label.value, str(one.written), f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}"]
            for one in scores(some)
        ]
        lines += ["", f"### {name}", "", *grid(["figure", ""], [[key, str(value)] for key, value in found.items()])]
        lines += [
            "",
            *grid(["label", "written", "precision", "recall", "F1"], rows),
            "",
            *grid(*_split(confusion(some))),
        ]
    if not lines:
        return []
    wanted = f"Wanted: macro F1 ≥ {F1_AT_LEAST:.2f}; denunciations and emergencies taken for something to register ≤ {MISTAKEN_AT_MOST:.0%}."
    return ["## Border of Decree 20", "", wanted, *lines]


def _split(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    return rows[0], rows[1:]
