"""What is left of Telex keys, run together or mistyped is mended when the catalogue knows what was meant; nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.index_repair import Repair

REPAIR = Repair(
    frozenset(["dang", "ky", "khai", "sinh", "cap", "giay", "phep", "lai", "xe", "tam", "tru", "xay", "dung"]),
    (frozenset({"dang ky", "khai sinh", "giay phep", "lai xe", "tam tru", "xay dung", "phep lai"}),),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ddawng kys", "dang ky"),
        ("giaasy phesp", "giay phep"),
        ("khaisinh", "khai sinh"),
        ("đăng ký khaisinh", "đăng ký khai sinh"),
        ("giấyphép láixe", "giay phep lai xe"),
        ("khai sihn", "khai sinh"),
        ("giay phwp", "giay phep"),
    ],
)
def test_a_word_that_nothing_has_is_mended_into_what_is_known(said: str, meant: str) -> None:
    assert " ".join(REPAIR.mend(said.split())) == meant


@pytest.mark.parametrize("said", ["nguyễn văn tèo", "0912345678", "đăng ký", "covid", "xe a1", "abc khai"])
def test_names_numbers_and_known_words_stay_as_they_are(said: str) -> None:
    assert " ".join(REPAIR.mend(said.split())) == said


@given(st.lists(st.text(alphabet="abcdeghinouxy ", min_size=1, max_size=12), max_size=6))
def test_mending_twice_changes_nothing_more(said: list[str]) -> None:
    once = REPAIR.mend([word for line in said for word in line.split()])
    assert REPAIR.mend(once) == once
