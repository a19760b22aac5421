"""Two evaluations side by side: what changed, and whether anything that is guarded became worse."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError
from bot.evaluation.report import aligned

Summary = Mapping[str, Mapping[str, float | int | None]]
"""``report.summarise``: figures by kind of question; the kind may have the name of its set before it, and a colon."""

SHOWN = ("R@1", "R@3", "answered", "asked back", "declined", "aspect")
ANSWERABLE = ("answer", "clarify", "follow_up")
SLACK = 1e-9
"""Figures are decimal fractions: a drop of exactly the tolerance is none beyond it."""


class ReportError(BotError):
    """A report cannot be read."""


@dataclass(frozen=True)
class Change:
    """One figure of one kind, before and after."""

    kind: str
    figure: str
    before: float
    after: float

    @property
    def gain(self) -> float | None:
        """How much better it became (negative for worse); ``None`` for a figure that is not guarded."""
        direction = _direction(self.kind, self.figure)
        return direction * (self.after - self.before) if direction else None


def changes(before: Summary, after: Summary) -> list[Change]:
    """Return the figures that both evaluations have, in the order of the second."""
    found = []
    for kind, figures in after.items():
        for figure in SHOWN:
            old, new = before.get(kind, {}).get(figure), figures.get(figure)
            if old is not None and new is not None:
                found.append(Change(kind, figure, float(old), float(new)))
    return found


def regressions(found: Sequence[Change], tolerance: float) -> list[Change]:
    """Return the guarded figures that became worse by more than the tolerance."""
    return [one for one in found if one.gain is not None and one.gain < -tolerance - SLACK]


def missing(before: Summary, after: Summary) -> list[str]:
    """Return the kinds that only one of the evaluations has, or with another number of questions: not comparable."""
    kinds = dict.fromkeys((*before, *after))
    return [
        kind for kind in kinds if before.get(kind, {}).get("questions", -1) != after.get(kind, {}).get("questions", -2)
    ]


def comparison(found: Sequence[Change], tolerance: float | None = None) -> str:
    """Return the table: a line for each kind, each figure as "before → after"; worse ones are marked.

    Args:
        found: the changes.
        tolerance: how much worse a guarded figure may become; without one nothing is marked.
    """
    worse = set(regressions(found, tolerance)) if tolerance is not None else set()
    rows: list[tuple[str, ...]] = [("kind", *SHOWN)]
    for kind in dict.fromkeys(one.kind for one in found):
        cells = {one.figure: one for one in found if one.kind == kind}
        rows.append((kind, *(_cell(cells.get(figure), worse) for figure in SHOWN)))
    return aligned(rows)


def read_summary(path: Path) -> Summary:
    """Read the summary of a report that ``motcua evaluate --json`` wrote.

    Raises:
        ReportError: it is not there, or is no report.
    """
    try:
        summary = json.loads(path.read_text("utf-8"))["summary"]
        return {str(kind): dict(figures) for kind, figures in summary.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportError(f"{path} is no report of `motcua evaluate --json`: {error!r}") from error


def _direction(kind: str, figure: str) -> int:
    """Return 1 where more is better, -1 where less is, 0 where neither is guarded."""
    plain = kind.rpartition(": ")[2]
    if plain in ANSWERABLE:
        return {"R@1": 1, "R@3": 1, "aspect": 1, "declined": -1}.get(figure, 0)
    if plain == "out_of_scope":
        return {"declined": 1}.get(figure, 0)
    return {"answered": -1}.get(figure, 0) if plain == "not_in_catalogue" else 0


def _cell(change: Change | None, worse: set[Change]) -> str:
    if change is None:
        return "–"
    if change.before == change.after:
        return f"{change.after:.3f}"
    return f"{change.before:.3f} → {change.after:.3f}{' !' if change in worse else ''}"
