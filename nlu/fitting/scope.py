"""Fits the decision whether any procedure answers on what the complete path saw, and writes it into ``ranker.json``.

    .venv-rasa/bin/python -W ignore -m nlu.components.held_out --json HELD.json
    python -m nlu.fitting.scope REPORT.json… --held-out HELD.json --catalogue FILE

The reports are those of ``motcua evaluate --json`` on questions of kinds ``answer``, ``clarify`` and ``out_of_scope``; a report
counts by the root of its size, so that a large one does not drown the others. Sentences that the model has learned must
not be among them: it is too sure of those. What a model makes of sentences that it has not learned comes from the first
command, asked of one that was trained without them; its three kinds count as one report each. The signs of the ranking and the out-of-scope intents are weighed together; what the ranking says alone is kept apart, so that
it can decide while Rasa is away.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.catalogue.index_weights import FITTED
from nlu.fitting.held_out import held_out_cases
from nlu.fitting.models import fit_logistic
from nlu.fitting.samples import read_procedures

SIGNS = ("explained", "explained_all", "pairs", "core_covered", "said_f")
"""Few and plain: the questions out of scope are mostly of one style, and more signs would learn that style."""
FOLDS = 5
DECAY = 10.0
NEUTRAL = -2.0
"""Log-odds of the out-of-scope intents that say nothing: what the ranking alone is measured against."""


def main() -> None:
    """Fit, print what it is worth, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--held-out", type=Path, help="what nlu.components.held_out wrote")
    parser.add_argument("--catalogue", type=Path, help="procedures that those sentences are ranked among")
    args = parser.parse_args()
    if (args.held_out is None) != (args.catalogue is None):
        parser.error("--held-out and --catalogue go together")
    groups = [_rows(json.loads(path.read_text("utf-8"))["cases"]) for path in args.reports]
    if args.held_out is not None:
        groups += map(_rows, held_out_cases(args.held_out, read_procedures(args.catalogue)))
    rows = [row for group in groups for row in group]
    size = np.asarray([len(group) for group in groups for _ in group], np.float64) ** -0.5
    x = np.asarray(
        [[*(row["signs"][name] for name in SIGNS), log_odds(row["signs"]["out_of_scope"]), 1.0] for row in rows]
    )
    y = np.asarray([float(row["kind"] != "out_of_scope") for row in rows])
    _report(x, y, size)
    w = _fit(x, y, size)
    print(f"weight of the words {w[-2]:.3f} with a bias of {NEUTRAL * w[-2]:.3f}: see Thresholds in nlu/decision.py")
    stored = json.loads(FITTED.read_text("utf-8"))
    bias = w[-1] + NEUTRAL * w[-2]
    stored["weights"]["scope"] = {
        **dict(zip(SIGNS, map(float, w.round(4)), strict=False)),
        "bias": round(float(bias), 4),
    }
    FITTED.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


def _rows(cases: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    kinds = ("answer", "clarify", "out_of_scope")
    return [case for case in cases if case["kind"] in kinds and "explained" in case["signs"]]


def log_odds(chance: float) -> float:
    """Return the log-odds of a chance, kept off the ends."""
    kept = min(max(chance, 1e-4), 1 - 1e-4)
    return float(np.log(kept / (1 - kept)))


def _report(x: NDArray[np.float64], y: NDArray[np.float64], share: NDArray[np.float64]) -> None:
    parts = np.random.default_rng(2008).integers(0, FOLDS, len(y))
    held = np.zeros(len(y))
    for part in range(FOLDS):
        held[parts == part] = x[parts == part] @ _fit(x[parts != part], y[parts != part], share[parts != part])
    for line in (-2.0, -1.5, -1.0, -0.5, 0.0):
        answerable, outside = np.mean(held[y > 0] < line), np.mean(held[y == 0] < line)
        print(
            f"from {1 / (1 + np.exp(-line)):.3f}: {answerable:.4f} of the answerable declined, {outside:.3f} of the others"
        )


def _fit(x: NDArray[np.float64], y: NDArray[np.float64], share: NDArray[np.float64]) -> NDArray[np.float64]:
    size = x.std(axis=0)
    size[-1] = 1.0
    weight = np.where(y > 0, share / (2 * share[y > 0].sum()), share / (2 * share[y == 0].sum()))
    return np.asarray(fit_logistic(x / size, y, weight, DECAY / len(y)) / size, np.float64)


if __name__ == "__main__":
    main()
