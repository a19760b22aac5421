"""The models learn what there is to learn, keep their promises about signs, and come out the same every time."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from nlu.fitting.models import fit_logistic, fit_ranking, places
from nlu.fitting.samples import Samples

GOOD, BAD, NOISE = range(3)
FREE = np.zeros(3, np.bool_)


def toy(lists: int = 200, rows: int = 6, seed: int = 1) -> Samples:
    """Shortlists whose right row has more of the good feature and less of the bad one than the others."""
    chance = np.random.default_rng(seed)
    x = chance.normal(size=(lists, rows, 3)).astype(np.float32)
    right = np.zeros((lists, rows), np.bool_)
    right[np.arange(lists), chance.integers(rows, size=lists)] = True
    x[..., GOOD] = np.where(right, 3, 0) + 0.3 * x[..., GOOD]
    x[..., BAD] = np.where(right, 0, 2) + 0.3 * x[..., BAD]
    return Samples(x, right, np.ones_like(right), np.ones(lists, np.float32), np.zeros(lists, np.int64))


def test_a_ranking_that_can_be_learned_is_learned() -> None:
    w = fit_ranking(toy(), FREE, steps=150)
    assert w[GOOD] > 0.5
    assert w[BAD] < -0.5
    assert abs(w[NOISE]) < 0.3
    assert (places(toy(seed=2), w) == 0).mean() > 0.98


def test_weights_that_may_not_fall_below_zero_do_not() -> None:
    samples = toy()
    w = fit_ranking(samples, np.asarray([True, True, False]), steps=150)
    assert w[GOOD] > 0.5
    assert w[BAD] == 0
    assert (places(samples, w) == 0).mean() > 0.95


def test_fitting_twice_gives_the_same_numbers() -> None:
    assert fit_ranking(toy(), FREE, steps=40).tolist() == fit_ranking(toy(), FREE, steps=40).tolist()


def test_shortlists_without_a_right_row_teach_nothing() -> None:
    samples = toy()
    lost = Samples(
        np.concatenate([samples.x, -samples.x]),
        np.concatenate([samples.right, np.zeros_like(samples.right)]),
        np.concatenate([samples.there, samples.there]),
        np.concatenate([samples.weight, samples.weight]),
        np.concatenate([samples.part, samples.part]),
    )
    assert fit_ranking(lost, FREE, steps=40).tolist() == fit_ranking(samples, FREE, steps=40).tolist()


def test_a_heavier_sample_counts_more() -> None:
    one, other = toy(), toy(seed=3)
    against = other.x.copy()
    against[..., GOOD] *= -1
    x, right = np.concatenate([one.x, against]), np.concatenate([one.right, other.right])
    there, part = np.ones_like(right), np.zeros(len(x), np.int64)
    heavy, light = np.full(200, 1.0, np.float32), np.full(200, 0.01, np.float32)
    follows = fit_ranking(Samples(x, right, there, np.concatenate([heavy, light]), part), FREE, steps=150)
    opposes = fit_ranking(Samples(x, right, there, np.concatenate([light, heavy]), part), FREE, steps=150)
    assert follows[GOOD] > 0.1 > -0.1 > opposes[GOOD]


def test_rows_that_are_not_there_take_no_place() -> None:
    x = np.asarray([[[1.0], [9.0], [0.0]]], np.float32)
    right = np.asarray([[True, False, False]])
    there = np.asarray([[True, False, True]])
    samples = Samples(x, right, there, np.ones(1, np.float32), np.zeros(1, np.int64))
    assert places(samples, np.ones(1, np.float32)).tolist() == [0]


def test_the_place_is_that_of_the_first_right_row_and_99_where_there_is_none() -> None:
    x = np.asarray([[[3.0], [2.0], [1.0]]] * 3, np.float32)
    right = np.asarray([[False, True, True], [True, False, False], [False, False, False]])
    samples = Samples(x, right, np.ones_like(right), np.ones(3, np.float32), np.zeros(3, np.int64))
    assert places(samples, np.ones(1, np.float32)).tolist() == [1, 0, 99]


def test_a_logistic_decision_finds_the_chances_it_was_drawn_with() -> None:
    x, y = drawn(6000)
    w = fit_logistic(x, y, np.ones(len(y)))
    assert w == pytest.approx([2.0, -1.0, 0.5], abs=0.2)


def test_a_logistic_decision_is_repeatable_and_finite_even_where_the_two_can_be_told_apart_wholly() -> None:
    x = np.asarray([[-1.0, 1.0], [-2.0, 1.0], [1.0, 1.0], [2.0, 1.0]])
    y = np.asarray([0.0, 0.0, 1.0, 1.0])
    w = fit_logistic(x, y, np.full(4, 0.25))
    assert np.isfinite(w).all()
    assert ((x @ w > 0) == (y > 0)).all()
    assert w.tolist() == fit_logistic(x, y, np.full(4, 0.25)).tolist()


def test_a_weight_counts_as_often_as_the_sample_would() -> None:
    x, y = drawn(200)
    twice = np.where(y > 0, 2.0, 1.0)
    often = np.repeat(np.arange(200), twice.astype(int))
    assert fit_logistic(x, y, twice) == pytest.approx(fit_logistic(x[often], y[often], np.ones(len(often))), abs=1e-6)


def drawn(count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two features and a bias, with labels drawn by known weights."""
    chance = np.random.default_rng(5)
    x = np.column_stack([chance.normal(size=(count, 2)), np.ones(count)])
    y = (chance.random(count) < 1 / (1 + np.exp(-x @ [2.0, -1.0, 0.5]))).astype(np.float64)
    return x, y
