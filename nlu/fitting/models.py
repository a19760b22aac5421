"""The two kinds of model that are fitted: a linear ranking and a logistic decision. Numpy only, repeatable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.fitting.samples import Floats, Samples

BATCH = 512
SEED = 2008


def fit_ranking(samples: Samples, at_least_zero: NDArray[np.bool_], steps: int = 400, rate: float = 0.05) -> Floats:
    """Fit a linear ranking by the likelihood of a right service on each shortlist (Adam, falling rate, projected).

    Args:
        samples: shortlists; those without a right row teach nothing.
        at_least_zero: features whose weight may not fall below zero.
        steps: how many batches.
        rate: of the first step.
    """
    rows = np.flatnonzero(samples.right.any(axis=1))
    chance = np.random.default_rng(SEED)
    share = samples.weight / samples.weight[rows].mean()
    w = np.zeros(samples.x.shape[2], np.float32)
    mean: Floats = np.zeros_like(w)
    square: Floats = np.zeros_like(w)
    for step in range(1, steps + 1):
        batch = chance.choice(rows, BATCH)
        slope = _slope(samples, batch, w, share) + 1e-3 * w
        mean = np.asarray(0.9 * mean + 0.1 * slope, np.float32)
        square = np.asarray(0.999 * square + 0.001 * slope * slope, np.float32)
        pace = rate * (1 - (step - 1) / steps)
        w = w - pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        w = np.where(at_least_zero, np.maximum(w, 0), w).astype(np.float32)
    return w


def _slope(samples: Samples, batch: NDArray[np.int64], w: Floats, share: Floats) -> Floats:
    x, right = samples.x[batch], samples.right[batch]
    totals = np.where(samples.there[batch], x @ w, -1e9)
    chance = np.exp(totals - totals.max(1, keepdims=True))
    chance /= chance.sum(1, keepdims=True)
    hit = chance * right
    target = hit / np.maximum(hit.sum(1, keepdims=True), 1e-9)
    error = (chance - target) * share[batch][:, None]
    return np.asarray(np.einsum("ij,ijk->k", error, x) / len(batch), np.float32)


def places(samples: Samples, w: Floats) -> NDArray[np.int64]:
    """Return the place of the first right row of each shortlist, from 0; 99 where there is none."""
    order = np.argsort(-np.where(samples.there, samples.x @ w, -1e9), axis=1, kind="stable")
    sorted_right = np.take_along_axis(samples.right, order, axis=1)
    return np.where(sorted_right.any(1), sorted_right.argmax(1), 99)


def fit_logistic(
    x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64], decay: float = 1e-4
) -> NDArray[np.float64]:
    """Fit a logistic regression by Newton's method; the last column of ``x`` is the bias and is not held back."""
    w = np.zeros(x.shape[1])
    held = np.full(x.shape[1], decay)
    held[-1] = 1e-9
    for _ in range(50):  # converges in far fewer
        chance = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (weight * (chance - y)) + held * w
        curve = (x * (weight * chance * (1 - chance))[:, None]).T @ x + np.diag(held)
        w -= np.linalg.solve(curve, slope)
    return w


def fit_yes_or_no_each(
    rows: Sequence[NDArray[np.int64]],
    scale: Floats,
    holds: NDArray[np.bool_],
    weight: Floats,
    width: int,
    strength: float,
    steps: int = 300,
) -> tuple[Floats, Floats]:
    """Fit one logistic decision per label over signs that are there or not (Adam over all rows, falling rate).

    Args:
        rows: numbers of the signs of each row; no row may be empty.
        scale: value of a sign in each row.
        holds: one row per row, one column per label.
        weight: of each row.
        width: how many signs there are; each must stand in some row.
        strength: how far the weights are trusted; higher holds them back less.
        steps: how many.

    Returns:
        One row of weights per sign, and the bias of each label.
    """
    signs = np.concatenate(rows)
    lengths = np.asarray([len(row) for row in rows])
    starts = np.cumsum(lengths) - lengths
    by_sign = np.argsort(signs, kind="stable")
    holders = np.repeat(np.arange(len(rows)), lengths)[by_sign]
    first = np.searchsorted(signs[by_sign], np.arange(width))
    share = weight / weight.sum()
    decay = np.float32(1 / (strength * weight.sum()))
    w: Floats = np.zeros((width + 1, holds.shape[1]), np.float32)
    mean: Floats = np.zeros_like(w)
    square: Floats = np.zeros_like(w)
    for step in range(1, steps + 1):
        totals = np.add.reduceat(w[signs], starts, axis=0) * scale[:, None] + w[-1]
        error = (1 / (1 + np.exp(-np.clip(totals, -30, 30))) - holds) * share[:, None]
        slope = np.vstack([np.add.reduceat((error * scale[:, None])[holders], first, axis=0), error.sum(0)])
        slope[:-1] += decay * w[:-1]
        mean = np.asarray(0.9 * mean + 0.1 * slope, np.float32)
        square = np.asarray(0.999 * square + 0.001 * slope * slope, np.float32)
        pace = 0.3 * (1 - (step - 1) / steps)
        moved = pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        w = np.asarray(w - moved, np.float32)
    return w[:-1], w[-1]


@dataclass(frozen=True)
class Rows:
    """Signs with their values, row after row; made so that both ways through them are fast."""

    signs: NDArray[np.int64]
    values: Floats
    starts: NDArray[np.int64]
    by_sign: NDArray[np.int64]
    """Order that brings all entries of one sign together."""
    holders: NDArray[np.int64]
    """The row of each entry, in that order."""
    here: NDArray[np.int64]
    """Signs that stand in some row, ascending."""
    first: NDArray[np.int64]
    """Where the entries of each of them begin in that order."""
    width: int

    @classmethod
    def of(cls, rows: Sequence[Mapping[int, float]], width: int) -> Rows:
        """Arrange rows; a row without signs counts as one with a sign of no value."""
        kept = [row or {0: 0.0} for row in rows]
        signs = np.asarray([sign for row in kept for sign in row], np.int64)
        values = np.asarray([value for row in kept for value in row.values()], np.float32)
        lengths = np.asarray([len(row) for row in kept])
        by_sign = np.argsort(signs, kind="stable")
        here, first = np.unique(signs[by_sign], return_index=True)
        holders = np.repeat(np.arange(len(kept)), lengths)[by_sign]
        return cls(signs, values, np.cumsum(lengths) - lengths, by_sign, holders, here, first, width)


def fit_one_of_many(
    rows: Rows, labels: NDArray[np.int64], weight: Floats, classes: int, strength: float, steps: int = 150
) -> tuple[Floats, Floats]:
    """Fit a softmax over classes of which each row has one (Adam over all rows, falling rate).

    Args:
        rows: the signs.
        labels: class of each row.
        weight: of each row.
        classes: how many there are.
        strength: how far the weights are trusted; higher holds them back less.
        steps: how many.

    Returns:
        One row of weights per sign, and the bias of each class.
    """
    share = (weight / weight.sum())[:, None]
    holds = np.eye(classes, dtype=np.float32)[labels]
    decay = np.float32(1 / (strength * weight.sum()))
    w: Floats = np.zeros((rows.width + 1, classes), np.float32)
    mean: Floats = np.zeros_like(w)
    square: Floats = np.zeros_like(w)
    for step in range(1, steps + 1):
        totals = np.add.reduceat(w[rows.signs] * rows.values[:, None], rows.starts, axis=0) + w[-1]
        chance = np.exp(totals - totals.max(1, keepdims=True))
        error = (chance / chance.sum(1, keepdims=True) - holds) * share
        slope = np.zeros_like(w)
        slope[rows.here] = np.add.reduceat(error[rows.holders] * rows.values[rows.by_sign][:, None], rows.first, axis=0)
        slope[:-1] += decay * w[:-1]
        slope[-1] = error.sum(0)
        mean = np.asarray(0.9 * mean + 0.1 * slope, np.float32)
        square = np.asarray(0.999 * square + 0.001 * slope * slope, np.float32)
        moved = 0.2 * (1 - (step - 1) / steps) * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        w = np.asarray(w - moved, np.float32)
    return w[:-1], w[-1]
