"""Linear scores of the signs of a text, as fitted on examples and kept as JSON. Pure.

Nothing else is needed at run time: no Rasa, no network.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class LinearSigns:
    """Weights of the signs, as log-odds, one column for everything that is told apart."""

    bias: NDArray[np.float64]
    rows: Mapping[str, int]
    """Sign → its row in ``weights``; signs that tell nothing are left out."""
    weights: NDArray[np.float64]

    @classmethod
    def from_json(cls, data: Mapping[str, Mapping[str, object]], columns: Sequence[str]) -> LinearSigns:
        """Read what ``nlu.fitting.written`` wrote.

        Raises:
            KeyError: something is missing, or a column is told of that is not known.
        """
        told = data["weights"]
        weights = np.zeros((len(told), len(columns)))
        places = {name: place for place, name in enumerate(columns)}
        for row, numbers in enumerate(told.values()):
            assert isinstance(numbers, dict)
            for name, number in numbers.items():
                weights[row, places[name]] = number
        bias = np.asarray([float(str(data["bias"].get(name, 0.0))) for name in columns])
        return cls(bias, {sign: row for row, sign in enumerate(told)}, weights)

    def scores(self, kinds: Iterable[tuple[Set[str], float]]) -> NDArray[np.float64]:
        """Return the score of each column; signs that were never learned from say nothing.

        Args:
            kinds: the signs of a text by kind, each kind with what one sign of it weighs.
        """
        row_of, scores = self.rows.get, self.bias
        for kind, weight in kinds:
            rows = [row for sign in kind if (row := row_of(sign)) is not None]
            scores = scores + weight * self.weights.take(rows, axis=0).sum(axis=0) if rows else scores
        return scores


def weighed(kinds: Iterable[tuple[Set[str], float]]) -> list[tuple[Set[str], float]]:
    """Return the kinds of signs that occur, made as long as each other: what one sign weighs falls with their number."""
    return [(kind, weight / math.sqrt(len(kind))) for kind, weight in kinds if kind]


def softmax(scores: Sequence[float]) -> list[float]:
    """Return the shares that log-odds stand for."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
