"""Places are read as rightly as issue 8 asks."""

from __future__ import annotations

import pytest

from benchmarks.place_forms import OLD, TODAY, Form, Maker
from benchmarks.places import HELD, LEAST, TUNED, Asked, ask, read_written, share, table
from nlu.places.gazetteer import load_gazetteer
from nlu.places.place import Commune, Outcome, PlaceReading, Province
from nlu.places.sources import read_lists

EACH = 12
HERE, THERE = (Commune(code, "Xã Tân An", Province("01", "Tỉnh Một")) for code in ("00001", "00002"))


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return ask(load_gazetteer(), EACH)


def test_the_written_list_is_long_and_both_halves_are_filled() -> None:
    written = read_written()
    assert len({one.text for one in written}) == len(written) >= 300
    assert 0.4 < sum(one.part == HELD for one in written) / len(written) < 0.6


def test_made_and_written_forms_are_read_rightly(asked: list[Asked]) -> None:
    made = [one for one in asked if one.part not in (TUNED, HELD)]
    assert len(made) == EACH * len(TODAY | OLD)
    for some in (made, [one for one in asked if one.part == TUNED], [one for one in asked if one.part == HELD]):
        assert share(some) >= LEAST, table(asked)


def test_the_same_seed_makes_the_same_forms() -> None:
    lists = read_lists()
    assert [one.text for one in Maker(lists, 7).forms(2)] == [one.text for one in Maker(lists, 7).forms(2)]


@pytest.mark.parametrize(
    ("form", "reading", "right"),
    [
        (Form("", "", (HERE,)), PlaceReading(Outcome.COMMUNE, HERE), True),
        (Form("", "", (HERE,)), PlaceReading(Outcome.COMMUNE, THERE), False),
        (Form("", "", (HERE,)), PlaceReading(Outcome.SEVERAL, candidates=(HERE, THERE)), False),
        (Form("", "", (HERE,), shared=True), PlaceReading(Outcome.SEVERAL, candidates=(HERE, THERE)), True),
        (Form("", "", (HERE,), shared=True), PlaceReading(Outcome.SEVERAL, candidates=(THERE, THERE)), False),
        (Form("", "", (HERE, THERE)), PlaceReading(Outcome.SEVERAL, candidates=(HERE, THERE)), True),
        (Form("", "", (HERE, THERE)), PlaceReading(Outcome.SEVERAL, candidates=(THERE, HERE)), False),
        (Form("", "", (HERE,), rest="12"), PlaceReading(Outcome.COMMUNE, HERE, rest="1"), False),
    ],
)
def test_a_reading_is_right_if_it_is_the_place_or_asks_where_one_must(
    form: Form, reading: PlaceReading, right: bool
) -> None:
    assert form.is_read(reading) is right
