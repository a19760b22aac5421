"""Tests of comparing two groupings."""

from __future__ import annotations

import pytest

from nlu.catalogue.family_compare import agreement, compare_groupings, diff_lines

OLD = {"a": "a", "b": "a", "c": "c", "d": "d", "gone": "gone"}
NEW = {"a": "a", "b": "b", "c": "c", "d": "c", "new": "c"}


def test_what_joined_and_what_split_is_told_of_codes_that_both_know() -> None:
    found = compare_groupings(OLD, NEW)

    assert (found.before, found.after) == (4, 3)
    assert found.joined == ((("c",), ("d",)),)
    assert found.split == ((("a",), ("b",)),)


def test_the_summary_is_short() -> None:
    found = compare_groupings(OLD, NEW)

    assert list(diff_lines(found, {"c": "Cấp thẻ"}, 1)) == [
        "Nhóm dịch vụ: 3 (trước: 4); gộp 1, tách 1.",
        "  gộp: c | d  Cấp thẻ",
        "  … và 1 nhóm nữa (xem hết: --all)",
    ]
    assert len(list(diff_lines(found, {}, None))) == 3


def test_agreement_counts_pairs_of_the_codes_that_both_know() -> None:
    found = agreement(
        {"a": "1", "b": "1", "c": "1", "d": "d", "x": "1"},
        {"a": "F", "b": "F", "c": "G", "d": "G", "y": "F"},
    )

    assert (found.compared, found.common) == (4, 1)
    assert found.extra == (("a", "c"), ("b", "c"))
    assert found.missing == (("c", "d"),)
    assert found.precision == pytest.approx(1 / 3)
    assert found.recall == pytest.approx(1 / 2)


def test_groupings_without_a_pair_agree() -> None:
    found = agreement({"a": "a"}, {"a": "b"})

    assert (found.precision, found.recall) == (1.0, 1.0)
