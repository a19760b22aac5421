"""The best line of every service is the one that a plain comparison, line by line, would choose."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.index_lines import Fit, Lines, build_lines

RARITY = {"a": 0.5, "b": 1.0, "c": 2.0, "d": 4.0, "e": 3.25}
RAREST = 5.0

word = st.sampled_from([*RARITY, "unknown"])
line = st.lists(word, max_size=5)
services = st.lists(st.lists(line, max_size=4), min_size=1, max_size=6)
question = st.dictionaries(word, st.sampled_from([0.25, 0.6, 0.9, 1.0]), max_size=5)


def weighed(lines: Lines, sought: dict[str, float]) -> tuple[Fit, list[float]]:
    """The best line of every service, and its balance as the shortlist sees it."""
    rarity = {word: RARITY.get(word, RAREST) for word in sought}
    found = lines.weigh({word: weight * rarity[word] for word, weight in sought.items()}, rarity)
    return found.best_of(np.arange(len(lines.starts) - 1)), found.highest().tolist()


def naive(some: list[list[str]], sought: dict[str, float]) -> tuple[int, float, float, float]:
    """Place of the best of a service's lines, with its balance, covered and back; counted word by word."""
    best = (0, -1.0, 0.0, 0.0)
    rarity = {word: RARITY.get(word, RAREST) for word in sought}
    whole = sum(weight * rarity[word] for word, weight in sought.items()) or 1.0
    for place, words in enumerate([set(line) for line in some] or [set()]):
        length = sum(RARITY.get(word, RAREST) for word in words) or 1.0
        covered = sum(rarity[word] for word in words & set(sought)) / length
        back = sum(sought[word] * rarity[word] for word in words & set(sought)) / whole
        balance = 2 * covered * back / (covered + back) if covered + back else 0.0
        if balance > best[1] + 1e-6:
            best = (place, balance, covered, back)
    return best


@given(services, question)
def test_the_fit_is_that_of_a_plain_comparison(some: list[list[list[str]]], sought: dict[str, float]) -> None:
    lines = build_lines(some, RARITY, RAREST)
    fit, highest = weighed(lines, sought)
    expected = [naive(service, sought) for service in some]
    assert highest == pytest.approx([balance for _, balance, _, _ in expected], abs=1e-5)
    assert fit.balance.tolist() == pytest.approx(highest, abs=1e-6)
    for number, (place, _, covered, back) in enumerate(expected):
        told = (fit.covered[number], fit.back[number])
        # Two lines may fit equally well by the last bit of a float: then either is right.
        same = [naive([words], sought)[2:] for words in some[number] or [[]]]
        assert any(told == pytest.approx(one, abs=1e-5) for one in [(covered, back), *same])
        assert lines.starts[number] <= fit.line[number] < lines.starts[number + 1]
        assert fit.line[number] == lines.starts[number] + place or len(some[number]) > 1


def test_the_words_of_a_line_count_once_however_often_they_are_said() -> None:
    once, often = (
        weighed(build_lines([[words]], RARITY, RAREST), {"a": 1.0})[0] for words in (["a", "b"], ["a", "a", "b"])
    )
    assert once.balance.tolist() == often.balance.tolist()


def test_of_lines_that_fit_equally_the_first_is_chosen() -> None:
    lines = build_lines([[["c", "a"], ["d"], ["d"], ["d", "d"]], [["d"]]], RARITY, RAREST)
    fit, _ = weighed(lines, {"d": 1.0})
    assert fit.line.tolist() == [1, 4]
    assert fit.balance.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("sought", [{}, {"never": 1.0}], ids=["no words", "no known words"])
def test_a_question_without_known_words_fits_nothing(sought: dict[str, float]) -> None:
    fit, highest = weighed(build_lines([[["a"], ["b"]], [["c"]]], RARITY, RAREST), sought)
    assert highest == fit.balance.tolist() == fit.covered.tolist() == fit.back.tolist() == [0.0, 0.0]
    assert fit.line.tolist() == [0, 2]


def test_a_service_without_sayings_fits_nothing_and_moves_no_other() -> None:
    fit, highest = weighed(build_lines([[["a"]], [], [["b"]], []], RARITY, RAREST), {"b": 1.0})
    assert highest == [0.0, 0.0, 1.0, 0.0]
    assert fit.line.tolist() == [0, 1, 2, 3]


def test_some_services_can_be_asked_for_in_any_order() -> None:
    lines = build_lines([[["a"]], [["b"], ["b", "c"]], [["b", "d"]]], RARITY, RAREST)
    found = lines.weigh({"b": 1.0, "c": 2.0}, {"b": 1.0, "c": 2.0})
    assert found.best_of(np.asarray([2, 1])).line.tolist() == [3, 2]


def test_stored_lines_fit_the_same() -> None:
    lines = build_lines([[["a", "c"], ["b"]], [], [["d"]]], RARITY, RAREST)
    again = Lines.from_arrays("said", lines.arrays("said"))
    sought = {"a": 1.0, "d": 0.6}
    assert weighed(again, sought)[1] == weighed(lines, sought)[1]
    assert again.starts.tolist() == [0, 2, 3, 4]
