"""What looking closely counts at once is what counting one by one would give."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.catalogue.index import Index
from nlu.catalogue.index_build import build_index
from nlu.catalogue.index_features import CONTRASTS, COVERAGE, FEATURES, FIELDS, FLAGS, Features, _incidence
from nlu.catalogue.index_postings import build_postings
from nlu.catalogue.services import Entry

ENTRIES = (
    Entry(
        "1.000001", "Đăng ký khai sinh", ("làm giấy khai sinh", "con mới đẻ"), body="giấy chứng sinh", family="birth"
    ),
    Entry("1.000002", "Đăng ký lại khai sinh", ("mất giấy khai sinh",), flags=frozenset({"full", "citizen"})),
    Entry("1.000003", "Đăng ký kết hôn", ("cưới",), ("Hai bên ở hai tỉnh thì đăng ký ở đâu?",)),
    Entry("1.000004", "Đăng ký kết hôn có yếu tố nước ngoài", ("lấy chồng Tây",), flags=frozenset({"full"})),
    Entry("1.000005", "Cấp Giấy phép lái xe"),
    Entry("1.000006", "Chứng thực bản sao từ bản chính", ("sao y", "công chứng giấy tờ")),
)
LEXICON = (("cưới", "kết hôn"), ("bằng lái", "giấy phép lái xe"))
WORDS = [
    "đăng",
    "ký",
    "lại",
    "khai",
    "sinh",
    "kết",
    "hôn",
    "cưới",
    "nước",
    "ngoài",
    "giấy",
    "phép",
    "bằng",
    "lái",
    "xe",
    "mất",
    "con",
    "mới",
    "đẻ",
    "tỉnh",
    "gì",
    "cần",
    "never",
    "2026",
]
NOT_SHARES = {"unexplained", "unexplained_all", "unexplained_name"}
"""Columns of coverage that are no shares: the rarest word that is not covered."""


@pytest.fixture(scope="module")
def index() -> Index:
    """A small index with every field filled."""
    return build_index(ENTRIES, 1, LEXICON)


def row_of(index: Index, found: Features, code: str) -> dict[str, float]:
    """The features of one service, by name."""
    row = found.documents.tolist().index(index.codes.index(code))
    return dict(zip(FEATURES, found.matrix[row].tolist(), strict=True))


terms = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), unique=True, max_size=6)


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=5), min_size=1, max_size=8), terms, st.data())
def test_the_incidence_is_that_of_looking_into_every_document(
    documents: list[list[str]], sought: list[str], data: st.DataObject
) -> None:
    shortlist = data.draw(st.lists(st.sampled_from(range(len(documents))), unique=True, min_size=1))
    place = np.full(len(documents), -1, np.int32)
    place[shortlist] = range(len(shortlist))
    found = _incidence(build_postings(documents, b=0.3).find(sought), place, (len(shortlist), len(sought)))
    expected = [[float(term in documents[number]) for term in sought] for number in shortlist]
    assert found.tolist() == expected


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_shares_lie_between_zero_and_one_and_every_feature_is_a_number(index: Index, text: str) -> None:
    found = index.features(text)
    assert found.matrix.shape == (len(ENTRIES), len(FEATURES))
    assert np.isfinite(found.matrix).all()
    for name in COVERAGE:
        column = found.matrix[:, FEATURES.index(name)]
        assert column.min() >= 0
        assert name in NOT_SHARES or column.max() <= 1.001
    for name in (*FIELDS, "said_f", "said_covered", "said_back", "core_f", "missing_rare", "long_name"):
        assert found.matrix[:, FEATURES.index(name)].min() >= 0
    assert -0.001 <= found.unknown <= 1.001


def test_the_full_name_covers_and_is_covered_wholly(index: Index) -> None:
    row = row_of(index, index.features("chứng thực bản sao từ bản chính"), "1.000006")
    for name in ("name_covered", "core_covered", "core_literal", "query_covered", "query_strict", "query_literal"):
        assert row[name] == pytest.approx(1, abs=1e-3), name
    assert row["core_f"] == pytest.approx(1, abs=1e-3)
    assert row["core_inside"] == row["first_word"] == 1
    assert row["unexplained"] == row["unexplained_all"] == row["missing_rare"] == 0


def test_what_the_lexicon_adds_covers_but_not_literally(index: Index) -> None:
    row = row_of(index, index.features("bằng lái"), "1.000005")
    assert row["core_covered"] > 0.5
    assert row["core_literal"] < row["core_covered"]


def test_a_saying_within_the_question_is_found_exactly_and_only_whole_words_count(index: Index) -> None:
    assert row_of(index, index.features("nhà em có con mới đẻ ạ"), "1.000001")["said_exact"] == 1
    assert row_of(index, index.features("nhà em có con mới đẻ2"), "1.000001")["said_exact"] == 0
    assert row_of(index, index.features("con mới đẻ"), "1.000005")["said_exact"] == 0


def test_a_word_of_the_body_explains_but_does_not_name(index: Index) -> None:
    row = row_of(index, index.features("chứng sinh"), "1.000001")
    assert row["explained_all"] > row["explained"]
    assert row["unexplained"] > row["unexplained_all"] == 0


@pytest.mark.parametrize(
    ("text", "contrast", "has", "lacks"),
    [
        ("đăng ký kết hôn", "foreign", "1.000004", ""),
        ("kết hôn với người nước ngoài", "foreign", "", "1.000003"),
        ("khai sinh", "again", "1.000002", ""),
        ("mất giấy khai sinh làm lại", "again", "", "1.000001"),
    ],
)
def test_a_contrast_is_told_in_whichever_direction_it_stands(
    index: Index, text: str, contrast: str, has: str, lacks: str
) -> None:
    found = index.features(text)
    for code in (has, lacks):
        if code:
            row = row_of(index, found, code)
            assert (row[f"has_{contrast}"], row[f"lacks_{contrast}"]) == (float(code == has), float(code == lacks))


def test_a_contrast_on_both_sides_or_on_neither_tells_nothing(index: Index) -> None:
    both = row_of(index, index.features("đăng ký lại khai sinh"), "1.000002")
    neither = row_of(index, index.features("đăng ký khai sinh"), "1.000001")
    assert both["has_again"] == both["lacks_again"] == neither["has_again"] == neither["lacks_again"] == 0


def test_no_service_both_has_and_lacks_a_contrast(index: Index) -> None:
    for text in ("đăng ký lại kết hôn", "mất giấy phép lái xe", "người nước ngoài mất giấy khai sinh"):
        matrix = index.features(text).matrix
        for name in CONTRASTS:
            has, lacks = (matrix[:, FEATURES.index(f"{side}_{name}")] for side in ("has", "lacks"))
            assert not (has * lacks).any()


def test_every_contrast_is_written_as_search_compares_words() -> None:
    for name, pattern in CONTRASTS.items():
        assert pattern.isascii(), name
        assert pattern == pattern.lower(), name
        assert not re.search(pattern, ""), name


def test_the_flags_of_a_service_are_features(index: Index) -> None:
    row = row_of(index, index.features("khai sinh"), "1.000002")
    assert {flag for flag in FLAGS if row[f"is_{flag}"]} == {"full", "citizen"}


def test_the_names_of_the_features_are_unique() -> None:
    assert len(set(FEATURES)) == len(FEATURES)
