"""Rare words weigh more than common ones, and stored lists are the same lists."""

from __future__ import annotations

import numpy as np

from nlu.catalogue.index_postings import Postings, build_postings

DOCUMENTS = [["dang", "ky", "khai", "sinh"], ["dang", "ky", "ket", "hon"], ["dang", "ky", "dang", "ky", "xe"]]


def test_a_rare_word_is_rarer_than_a_common_one_and_an_unknown_one_is_the_rarest() -> None:
    postings = build_postings(DOCUMENTS, b=0.3)
    assert postings.idf_of("khai") > postings.idf_of("dang")
    assert postings.idf_of("never") == postings.rarest == max(postings.idf_of("khai"), postings.idf_of("xe"))


def test_only_documents_with_the_words_score() -> None:
    scores = np.zeros(3, np.float32)
    sought = build_postings(DOCUMENTS, b=0.3).add(scores, {"khai": 1.0, "never": 1.0})
    assert scores[0] > 0
    assert scores[1] == scores[2] == 0
    assert sought > 0


def test_stored_lists_score_the_same() -> None:
    postings = build_postings(DOCUMENTS, b=0.3)
    again = Postings.from_arrays("words", postings.arrays("words"))
    one, other = np.zeros(3, np.float32), np.zeros(3, np.float32)
    assert postings.add(one, {"dang": 1.0, "sinh": 0.5}) == again.add(other, {"dang": 1.0, "sinh": 0.5})
    assert np.array_equal(one, other)


def test_lists_of_nothing_can_be_stored_too() -> None:
    again = Postings.from_arrays("words", build_postings([], b=0.3).arrays("words"))
    assert again.add(np.zeros(0, np.float32), {"dang": 1.0}) == 0.0
    assert again.rarest == 1.0
