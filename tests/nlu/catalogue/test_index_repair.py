"""What is left of Telex keys, teencode, run together or mistyped is read as the catalogue says it; nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.index_repair import Repair
from nlu.text import MAX_LENGTH, fold

LINES = (
    "đăng ký khai sinh cho con",
    "đăng ký kết hôn",
    "cấp giấy phép lái xe",
    "giấy phép xây dựng nhà",
    "đăng ký tạm trú",
    "người nước ngoài",
    "hồ sơ khai tử",
    "nhập hộ khẩu cho con",
    "phải nộp hồ sơ",
    "được miễn lệ phí",
    "chứng thực bản sao",
    "văn bản",
)
REPAIR = Repair.of([line.split() for line in LINES * 5], frozenset(["bệnh"]))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ddawng kys", "dang ky"),
        ("ddawng kys taạm trú", "đăng ký tạm trú"),
        ("giaasy phesp", "giay phep"),
        ("khaisinh", "khai sinh"),
        ("đăng ký khaisinh", "đăng ký khai sinh"),
        ("giấyphépláixe", "giấy phép lái xe"),
        ("khai sihn", "khai sinh"),
        ("giấy phwp lái xe", "giấy phép lái xe"),
        ("khai snh cho con", "khai sinh cho con"),
        ("người nươc ngoai", "người nước ngoài"),
        ("kai sink", "khai sinh"),
        ("fải nộp hồ sơ", "phải nộp hồ sơ"),
        ("jấy phép xây dựng", "giấy phép xây dựng"),
        ("đăng ký khai xinh", "đăng ký khai sinh"),
        ("chứng thực bãn sao", "chứng thực bản sao"),
        ("dk ket hon", "dang ky ket hon"),
        ("đc miễn lệ phí", "được miễn lệ phí"),
        ("nhập hk cho con", "nhập hộ khẩu cho con"),
        ("register marriage", "dang ky ket hon"),
    ],
)
def test_a_hurried_word_is_read_as_what_the_catalogue_says(said: str, meant: str) -> None:
    assert " ".join(REPAIR.mend(said.split())) == meant


@pytest.mark.parametrize("said", ["nguyễn văn tèo", "0912345678", "đăng ký", "covid", "xe a1", "zxqq khai", "zalo"])
def test_names_numbers_and_known_words_stay_as_they_are(said: str) -> None:
    assert " ".join(REPAIR.mend(said.split())) == said


def test_a_piece_without_a_vowel_is_no_word() -> None:
    assert "k" not in REPAIR.mend(["khaik"])


@given(st.lists(st.sampled_from(sorted({word for line in LINES for word in line.split()})), max_size=12))
def test_what_the_catalogue_says_is_never_touched(said: list[str]) -> None:
    assert REPAIR.mend(said) == said
    assert REPAIR.mend([fold(word) for word in said]) == [fold(word) for word in said]


@given(st.lists(st.text(alphabet="abcdđeghiknostuxyươấ", min_size=1, max_size=14), max_size=8))
def test_any_words_are_read_and_none_is_lost(said: list[str]) -> None:
    mended = REPAIR.mend(said)
    assert bool(mended) == bool(said)
    assert all(mended)
    assert len(" ".join(mended)) <= 40 * len(" ".join(said)) + 40
    assert REPAIR.mend(said) == mended


def test_the_longest_message_is_read() -> None:
    assert REPAIR.mend(["khaisinh" * (MAX_LENGTH // 8)])
