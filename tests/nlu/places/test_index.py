"""Names that are one slip away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.places.gazetteer import load_gazetteer
from nlu.places.index import LEAST
from nlu.places.slips import one_slip


@pytest.mark.parametrize("other", ["haiphon", "haiphongg", "haiphogn", "hsiphong", "ahiphong", "haihpong"])
def test_a_slip_is_one_letter_or_two_that_changed_places(other: str) -> None:
    assert one_slip("haiphong", other)
    assert "haiphong" in load_gazetteer().index.near(other)


@pytest.mark.parametrize("other", ["haipho", "haiduong", "hgiphonh"])
def test_more_is_another_word(other: str) -> None:
    assert not one_slip("haiphong", other)


def test_short_names_are_not_guessed() -> None:
    assert load_gazetteer().index.near("hueq"[: LEAST - 1]) == []


@given(st.data())
def test_every_name_is_found_with_any_letter_left_out(data: st.DataObject) -> None:
    index = load_gazetteer().index
    name = data.draw(st.sampled_from(sorted(one for one in index.names if len(one) > LEAST)))
    at = data.draw(st.integers(0, len(name) - 1))
    assert name in index.near(name[:at] + name[at + 1 :])
