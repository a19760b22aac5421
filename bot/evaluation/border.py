"""Scores of what texts are taken for at the border of Decree 20, over labelled lines of kind ``feedback``."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.evaluation.cases import Case
from bot.evaluation.report import aligned, percentile
from nlu.border.decision import SURE
from nlu.border.labels import REGISTERED, Label
from nlu.border.suggest import suggest

MISTAKEN_AT_MOST = 0.02
F1_AT_LEAST = 0.90
URGENT = frozenset((Label.DENUNCIATION, Label.EMERGENCY))
"""What must hardly ever be taken for something to register."""
REST = frozenset((Label.EMERGENCY, Label.ADVERT, Label.INSULT))
"""Labels that a set of questions may also call ``other``."""


@dataclass(frozen=True)
class Told:
    """What one text was taken for."""

    case: Case
    label: Label
    """As the text's own set of questions calls it."""
    found: Label
    sure: float
    category: int | None
    milliseconds: float

    @property
    def mistaken(self) -> bool:
        """Whether something urgent was taken for something to register."""
        return self.label in URGENT and self.found in REGISTERED

    @property
    def turned_away(self) -> bool:
        """Whether something to register was surely taken for something else."""
        return self.label in REGISTERED and self.found not in REGISTERED and self.sure >= SURE


@dataclass(frozen=True)
class Score:
    """How well one label was found."""

    label: Label
    written: int
    told: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.told)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.written)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.written + self.told)


def tell(cases: Sequence[Case]) -> list[Told]:
    """Ask the border about each text."""
    fine = any(Label(case.label) in REST for case in cases)
    return [_tell(case, fine) for case in cases]


def _tell(case: Case, fine: bool) -> Told:
    began = time.perf_counter()
    found = suggest(case.text)
    took = 1000 * (time.perf_counter() - began)
    label = found.label if fine or found.label not in REST else Label.OTHER
    return Told(case, Label(case.label), label, found.sure, found.category, took)


def scores(told: Sequence[Told]) -> list[Score]:
    """Return the scores of the labels that were written, in their order."""
    pairs = Counter((one.label, one.found) for one in told)
    written = [label for label in Label if any(one is label for one, _ in pairs)]
    return [
        Score(
            label,
            sum(times for (one, _), times in pairs.items() if one is label),
            sum(times for (_, found), times in pairs.items() if found is label),
            pairs[label, label],
        )
        for label in written
    ]


def macro_f1(told: Sequence[Told]) -> float:
    """Return the mean F1 of the labels that were written."""
    found = scores(told)
    return sum(score.f1 for score in found) / max(1, len(found))


def figures(told: Sequence[Told]) -> dict[str, float | int | None]:
    """Return what counts: macro F1, what must not happen, and the time."""
    urgent = [one for one in told if one.label in URGENT]
    registered = [one for one in told if one.label in REGISTERED]
    ruled = [one for one in told if one.case.category and one.found is one.label]
    return {
        "questions": len(told),
        "macro F1": round(macro_f1(told), 4),
        "right": round(sum(one.label is one.found for one in told) / max(1, len(told)), 4),
        "urgent": len(urgent),
        "urgent taken for something to register": round(sum(one.mistaken for one in urgent) / max(1, len(urgent)), 4),
        "to register": len(registered),
        "to register, surely turned away": round(sum(one.turned_away for one in registered) / max(1, len(registered)), 4),
        "doubtful": round(sum(one.sure < SURE for one in told) / max(1, len(told)), 4),
        "category right": round(sum(one.category == one.case.category for one in ruled) / len(ruled), 4) if ruled else None,
        "p95 ms": percentile([one.milliseconds for one in told], 0.95),
    }  # fmt: skip


def confusion(told: Sequence[Told]) -> list[list[str]]:
    """Return the confusion table: a head, then for each written label how often it was taken for what."""
    pairs = Counter((one.label, one.found) for one in told)
    columns = [label for label in Label if any(label in pair for pair in pairs)]
    rows = [label for label in columns if any(one is label for one, _ in pairs)]
    head = ["written \\ taken for", *(label.value for label in columns)]
    return [head, *([row.value, *(str(pairs[row, column] or "") for column in columns)] for row in rows)]


def table(told: Sequence[Told]) -> str:
    """Return scores, figures and confusion as lines to print."""
    rows: list[tuple[str, ...]] = [("label", "written", "precision", "recall", "F1")]
    rows += [
        (one.label.value, str(one.written), f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}")
        for one in scores(told)
    ]
    told_figures = "\n".join(f"{name}: {'–' if figure is None else figure}" for name, figure in figures(told).items())
    return f"{aligned(rows)}\n\n{told_figures}\n\n{aligned([tuple(row) for row in confusion(told)])}"


def as_json(told: Sequence[Told]) -> dict[str, Any]:
    """Return figures and cases as plain data."""
    cases = [
        {"text": one.case.text, "label": one.label.value, "found": one.found.value, "sure": round(one.sure, 4)}
        for one in told
    ]
    return {"summary": figures(told), "cases": cases}
