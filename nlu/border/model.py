"""What a text is, as fitted: linear scores of its signs, made into shares. Pure; the numbers are kept as JSON.

``nlu.fitting.border`` fits them. Nothing else is needed at run time: no Rasa, no network.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.border.labels import PROBLEMS, PROPOSALS, Label
from nlu.border.signs import kinds_of

FITTED = Path(__file__).with_name("border.json")
LABELS = tuple(Label)
COLUMNS = (*(label.value for label in LABELS), *map(str, PROBLEMS), *map(str, PROPOSALS))
"""Every score of a sign: of the labels, and, among texts about a rule, of the categories of Article 5."""
_PROBLEMS_AT = len(LABELS)
_PROPOSALS_AT = _PROBLEMS_AT + len(PROBLEMS)


@dataclass(frozen=True)
class Reading:
    """What the model makes of a text."""

    shares: Mapping[Label, float]
    problem: int
    """Likeliest of categories 2 to 6."""
    proposal: int
    """7 or 8."""


@dataclass(frozen=True)
class BorderModel:
    """Weights of the signs, as log-odds."""

    bias: NDArray[np.float64]
    rows: Mapping[str, int]
    """Sign → its row in ``weights``; signs that tell nothing are left out."""
    weights: NDArray[np.float64]

    @classmethod
    def from_json(cls, data: Mapping[str, Mapping[str, object]]) -> BorderModel:
        """Read what ``nlu.fitting.border`` wrote.

        Raises:
            KeyError: something is missing.
        """
        told = data["weights"]
        weights = np.zeros((len(told), len(COLUMNS)))
        places = {name: place for place, name in enumerate(COLUMNS)}
        for row, numbers in enumerate(told.values()):
            assert isinstance(numbers, dict)
            for name, number in numbers.items():
                weights[row, places[name]] = number
        bias = np.asarray([float(str(data["bias"].get(name, 0.0))) for name in COLUMNS])
        return cls(bias, {sign: row for row, sign in enumerate(told)}, weights)

    def read(self, plain: str) -> Reading:
        """Read a text in normal form; words that were never learned from say nothing."""
        row_of, scores = self.rows.get, self.bias
        for kind, weight in kinds_of(plain):
            rows = [row for sign in kind if (row := row_of(sign)) is not None]
            scores = scores + weight * self.weights.take(rows, axis=0).sum(axis=0) if rows else scores
        problems, proposals = scores[_PROBLEMS_AT:_PROPOSALS_AT], scores[_PROPOSALS_AT:]
        return Reading(
            dict(zip(LABELS, softmax(scores[:_PROBLEMS_AT].tolist()), strict=True)),
            PROBLEMS[int(problems.argmax())],
            PROPOSALS[int(proposals.argmax())],
        )


def softmax(scores: Sequence[float]) -> list[float]:
    """Return the shares that log-odds stand for."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    return [power / sum(powers) for power in powers]


@cache
def fitted() -> BorderModel:
    """Return the model that is shipped with the code."""
    return BorderModel.from_json(json.loads(FITTED.read_text("utf-8")))
