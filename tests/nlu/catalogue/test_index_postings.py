"""Rare words weigh more than common ones, and stored lists are the same lists."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from nlu.catalogue.index_postings import Postings, build_postings, packed, unpacked

DOCUMENTS = [["dang", "ky", "khai", "sinh"], ["dang", "ky", "ket", "hon"], ["dang", "ky", "dang", "ky", "xe"]]


def test_a_rare_word_is_rarer_than_a_common_one_and_an_unknown_one_is_the_rarest() -> None:
    postings = build_postings(DOCUMENTS, b=0.3)
    assert postings.idf_of("khai") > postings.idf_of("dang")
    assert postings.idf_of("never") == postings.rarest == max(postings.idf_of("khai"), postings.idf_of("xe"))


def test_only_documents_with_the_words_score() -> None:
    scores = scored(build_postings(DOCUMENTS, b=0.3), {"khai": 1.0, "never": 1.0})
    assert scores[0] > 0
    assert scores[1] == scores[2] == 0


def test_a_document_with_all_the_words_that_any_has_scores_about_one_whatever_else_was_asked() -> None:
    postings = build_postings(DOCUMENTS, b=0.3)
    plain = scored(postings, {"khai": 1.0, "sinh": 0.5})
    assert plain[0] == pytest.approx(1.0, abs=0.2)
    assert np.array_equal(plain, scored(postings, {"khai": 1.0, "never": 1.0, "sinh": 0.5}))


def test_the_lists_found_tell_which_term_each_document_was_found_by() -> None:
    found = build_postings(DOCUMENTS, b=0.3).find(["never", "ky", "xe"])
    assert found.columns.tolist() == [1, 2]
    assert found.documents.tolist() == [0, 1, 2, 2]
    assert found.spread(np.asarray([7, 8, 9], np.float32)).tolist() == [8, 8, 8, 9]


def test_stored_lists_score_the_same() -> None:
    postings = build_postings(DOCUMENTS, b=0.3)
    again = Postings.from_arrays("words", postings.arrays("words"))
    assert np.array_equal(scored(postings, {"dang": 1.0, "sinh": 0.5}), scored(again, {"dang": 1.0, "sinh": 0.5}))


def test_lists_of_nothing_can_be_stored_too() -> None:
    again = Postings.from_arrays("words", build_postings([], b=0.3).arrays("words"))
    assert scored(again, {"dang": 1.0}, 0).tolist() == []
    assert again.rarest == 1.0


@pytest.mark.parametrize("lines", [(), ("",), ("", ""), ("đăng ký", "", "x")])
def test_lines_are_read_back_as_they_were_stored_empty_ones_included(lines: tuple[str, ...]) -> None:
    assert unpacked(packed(lines)) == lines


def scored(postings: Postings, query: Mapping[str, float], count: int = 3) -> NDArray[np.float32]:
    """Score the documents for weighted terms."""
    return postings.score(postings.find(query), np.asarray(list(query.values())), count)
