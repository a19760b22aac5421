"""Words that a catalogue often says together are expected together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.index_usage import Usage, shortened, spoken
from nlu.text import fold

LINES = st.lists(st.lists(st.sampled_from(["khai", "khải", "sinh", "đăng", "ký"]), max_size=5), max_size=8)


@given(LINES)
def test_without_accents_nothing_is_lost(lines: list[list[str]]) -> None:
    plain = Usage.of(lines).folded()
    assert plain == Usage.of([[fold(word) for word in line] for line in lines])


@given(LINES, st.sampled_from(["", "khai", "zzz"]), st.sampled_from(["sinh", "zzz"]))
def test_every_word_surprises_by_some_number(lines: list[list[str]], before: str, word: str) -> None:
    assert Usage.of(lines).surprise(before, word) > 0


def test_a_usual_neighbour_surprises_less() -> None:
    usage = Usage.of([["khai", "sinh"], ["khai", "sinh"], ["ký", "khai"]])
    assert usage.surprise("khai", "sinh") < usage.surprise("ký", "sinh") < usage.surprise("ký", "zzz")


def test_a_word_is_found_by_its_letters_with_one_left_out() -> None:
    usage = Usage.of([["khai", "khải"]])
    assert usage.spellings["khai"] == ("khai", "khải")
    assert all("khai" in usage.near[short] for short in shortened("khai"))


def test_only_what_has_a_vowel_is_spoken() -> None:
    assert spoken("ở")
    assert not spoken("ng")
