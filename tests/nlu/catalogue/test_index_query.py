"""A question is read so that its asking words do not drown the thing asked about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.index_query import ASKING, MEANT, Lexicon, read_query

NONE = Lexicon.of([])


def test_words_of_asking_weigh_little_and_words_of_the_thing_weigh_full() -> None:
    query = read_query("Đăng ký kết hôn cần giấy tờ gì?", NONE)
    assert query.weighted["ket"] == query.weighted["hon"] == 1.0
    assert query.weighted["to"] == query.weighted["gi"] == ASKING


def test_everyday_words_bring_their_official_words() -> None:
    lexicon = Lexicon.of([("sổ đỏ", "giấy chứng nhận quyền sử dụng đất")])
    query = read_query("làm sổ đỏ", lexicon)
    assert query.weighted["dat"] == MEANT
    assert query.accented["đất"] == MEANT
    assert query.pairs["su dung"] == MEANT


def test_a_saying_matches_without_accents_but_not_with_other_accents() -> None:
    lexicon = Lexicon.of([("sổ đỏ", "đất")])
    assert "đất" in read_query("so do", lexicon).accented
    assert "đất" not in read_query("số đo", lexicon).accented


def test_the_longest_saying_wins() -> None:
    lexicon = Lexicon.of([("bằng lái", "giấy phép lái xe"), ("bằng lái quốc tế", "giấy phép lái xe quốc tế")])
    assert "quoc te" in read_query("làm bằng lái quốc tế", lexicon).pairs
    assert "quoc te" not in read_query("làm bằng lái", lexicon).pairs


@given(st.text(max_size=120))
def test_no_text_makes_the_reading_fail_and_no_weight_is_above_one(text: str) -> None:
    query = read_query(text, Lexicon.of([("sổ đỏ", "đất")]))
    assert all(0 < weight <= 1 for weight in query.weighted.values())
    assert set(query.sequence) <= set(query.weighted)
