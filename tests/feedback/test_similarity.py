from __future__ import annotations

from feedback.similarity import COMMON, Text, groups, likeness, pairs_of, weights, words_of
from tests.feedback.fakes import SimpleWords

FOLD = SimpleWords().fold


def _text(said: str) -> Text:
    return Text.of(FOLD(said))


LATE = "Hồ sơ khai sinh của con tôi trễ hẹn mười ngày mà không ai gọi"
LATE_TOO = "con tôi làm khai sinh, hồ sơ trễ hẹn cả chục ngày chẳng thấy gọi"
COPY = "Cán bộ bắt nộp thêm bản sao sổ hộ khẩu có công chứng khi đăng ký tạm trú"


def test_words_that_stand_in_any_text_are_left_out_and_none_comes_twice() -> None:
    assert words_of(FOLD("Tôi đã nộp hồ sơ và nộp lệ phí cho cán bộ")) == ("nop", "so", "le", "phi")


def test_a_pair_needs_one_word_that_tells_something() -> None:
    assert pairs_of(FOLD("tôi đã khai sinh")) == {"da khai", "khai sinh"}


def test_a_word_of_endless_length_is_no_word() -> None:
    assert words_of("a" * 33 + " sinh") == ("sinh",)


def test_the_rarer_a_word_the_more_it_tells() -> None:
    found = weights({"hiem": 1, "vua": 100, "thuong": COMMON, "rat thuong": COMMON * 9})
    assert found["hiem"] > found["vua"] > found["thuong"] == found["rat thuong"] > 0


def test_the_same_thing_in_other_words_is_more_alike_than_another_thing() -> None:
    assert likeness(_text(LATE), _text(LATE), {}) == 1.0
    assert likeness(_text(LATE), _text(LATE_TOO), {}) > 0.4 > 0.1 > likeness(_text(LATE), _text(COPY), {})


def test_accents_make_no_difference() -> None:
    assert likeness(_text(LATE), _text("ho so khai sinh cua con toi tre hen muoi ngay ma khong ai goi"), {}) == 1.0


def test_what_says_nothing_is_like_nothing() -> None:
    assert likeness(_text("à ừ thì là mà"), _text("và"), {}) == 0.0


def test_records_about_the_same_thing_are_grouped_and_what_is_alone_is_left_out() -> None:
    texts = {1: _text(LATE), 2: _text(COPY), 3: _text(LATE_TOO), 5: _text("Mức thu lệ phí trước bạ không niêm yết")}
    texts[9] = _text("bắt nộp bản sao sổ hộ khẩu công chứng để đăng ký tạm trú là vô lý")
    assert groups(texts) == [(1, 3), (2, 9)]


def test_the_largest_group_comes_first() -> None:
    texts = {number: _text(COPY) for number in (2, 4, 6)} | {number: _text(LATE) for number in (1, 3)}
    assert groups(texts) == [(2, 4, 6), (1, 3)]


def test_a_pair_that_is_everywhere_groups_nothing() -> None:
    assert groups({1: _text(LATE), 2: _text(LATE), 3: _text(LATE)}, most=2) == []
