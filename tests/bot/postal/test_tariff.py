"""Tests of price lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from bot.postal.errors import PostalFileError
from bot.postal.option import PostalOption
from bot.postal.quote import LineKind, NoQuote, Quote, Zone
from bot.postal.shapes import TariffShape
from bot.postal.tariff import Tariffs, checked

TODAY = date(2026, 11, 26)
STEP = {"zone": "same_province", "weight_to": 100, "low": 20000, "high": 25000}


def tariffs(*changes: dict[str, Any]) -> Tariffs:
    """Price lists that differ in what is named."""
    plain = {"source": "Bảng giá", "sure": "own", "prices": [STEP]}
    return checked([msgspec.convert({**plain, **one}, TariffShape) for one in changes])


def test_each_direction_costs_and_carrying_the_fee_too() -> None:
    known = tariffs({"carrying_fee": {"low": 8000}, "as_of": "2026-05-04", "exempt": ["heroic_mother"]})

    quote = known.quote(PostalOption.BOTH, Zone.SAME_PROVINCE, 80, TODAY, carry_fee=True)

    assert isinstance(quote, Quote)
    assert [line.kind for line in quote.lines] == [LineKind.TO_OFFICE, LineKind.TO_DOOR, LineKind.CARRYING_FEE]
    assert (quote.low, quote.high) == (48000, 58000)
    assert (quote.source, quote.as_of, quote.reference, quote.exempt) == (
        "Bảng giá",
        "2026-05-04",
        False,
        ("heroic_mother",),
    )


def test_a_price_without_its_own_upper_end_is_one_price() -> None:
    quote = tariffs({"prices": [{**STEP, "high": None}]}).quote(PostalOption.SEND, Zone.SAME_PROVINCE, 1, TODAY)

    assert isinstance(quote, Quote)
    assert (quote.low, quote.high) == (20000, 20000)


@pytest.mark.parametrize(("weight", "low"), [(0, 20000), (100, 20000), (101, 30000), (250, 30000)])
def test_the_last_gram_of_a_step_still_belongs_to_it(weight: int, low: int) -> None:
    heavier = {**STEP, "weight_from": 100, "weight_to": 250, "low": 30000, "high": 30000}

    quote = tariffs({"prices": [STEP, heavier]}).quote(PostalOption.SEND, Zone.SAME_PROVINCE, weight, TODAY)

    assert isinstance(quote, Quote)
    assert quote.low == low


def test_what_is_heavier_than_the_list_or_goes_elsewhere_has_no_price() -> None:
    known = tariffs({})

    assert known.quote(PostalOption.SEND, Zone.SAME_PROVINCE, 101, TODAY) is NoQuote.TOO_HEAVY
    assert known.quote(PostalOption.SEND, Zone.OTHER_PROVINCE, 50, TODAY) is NoQuote.NO_LIST
    assert Tariffs(()).quote(PostalOption.SEND, Zone.SAME_PROVINCE, 50, TODAY) is NoQuote.NO_LIST


def test_the_heaviest_parcel_with_a_price_is_told_by_zone() -> None:
    assert tariffs({}).heaviest(Zone.SAME_PROVINCE, TODAY) == 100
    assert tariffs({}).heaviest(Zone.OTHER_PROVINCE, TODAY) == 0
    assert Tariffs(()).heaviest(Zone.SAME_PROVINCE, TODAY) == 0


def test_between_big_cities_it_costs_as_between_provinces_unless_the_list_says_otherwise() -> None:
    far = {**STEP, "zone": "other_province", "low": 31000, "high": 31000}
    own = {**STEP, "zone": "big_cities", "low": 29000, "high": 29000}

    plain = tariffs({"prices": [far]}).quote(PostalOption.SEND, Zone.BIG_CITIES, 50, TODAY)
    apart = tariffs({"prices": [far, own]}).quote(PostalOption.SEND, Zone.BIG_CITIES, 50, TODAY)

    assert isinstance(plain, Quote)
    assert isinstance(apart, Quote)
    assert (plain.low, plain.zone, apart.low) == (31000, Zone.BIG_CITIES, 29000)


def test_a_list_that_ended_is_a_reference_and_one_in_force_goes_before_it() -> None:
    ended = {"valid_to": date(2026, 6, 30), "prices": [{**STEP, "low": 10000}]}
    now = {"valid_from": date(2026, 7, 1)}
    coming = {"valid_from": date(2027, 1, 1), "prices": [{**STEP, "low": 90000, "high": 90000}]}
    ended, now, coming = (msgspec.to_builtins(one, str_keys=True) for one in (ended, now, coming))

    old = tariffs(ended).quote(PostalOption.SEND, Zone.SAME_PROVINCE, 50, TODAY)
    new = tariffs(ended, {**now, "valid_to": "2026-12-31"}, coming).quote(
        PostalOption.SEND, Zone.SAME_PROVINCE, 50, TODAY
    )

    assert isinstance(old, Quote)
    assert isinstance(new, Quote)
    assert (old.expired, old.reference, old.low) == (True, True, 10000)
    assert (new.expired, new.reference, new.low) == (False, False, 20000)
    assert tariffs(coming).quote(PostalOption.SEND, Zone.SAME_PROVINCE, 50, TODAY) is NoQuote.NO_LIST


@pytest.mark.parametrize("sure", ["secondary", "unverified"])
def test_what_nobody_verified_is_a_reference(sure: str) -> None:
    quote = tariffs({"sure": sure}).quote(PostalOption.SEND, Zone.SAME_PROVINCE, 50, TODAY)

    assert isinstance(quote, Quote)
    assert quote.reference
    assert not quote.expired


@pytest.mark.parametrize(
    "lists",
    [
        [{"prices": [STEP, {**STEP, "weight_from": 50, "weight_to": 200}]}],
        [{"prices": [STEP, {**STEP, "line": "to_door"}]}],
        [{}, {"valid_from": "2026-01-01"}],
        [{"valid_to": "2026-06-30"}, {"valid_from": "2026-06-30"}],
    ],
)
def test_two_prices_for_the_same_day_zone_and_weight_are_refused(lists: list[dict[str, Any]]) -> None:
    with pytest.raises(PostalFileError, match="chồng lên"):
        tariffs(*lists)


def test_steps_that_touch_and_lists_that_follow_each_other_do_not_overlap() -> None:
    for lists in (
        [{"prices": [STEP, {**STEP, "weight_from": 100, "weight_to": 250}]}],
        [{"prices": [{**STEP, "line": "to_office"}, {**STEP, "line": "to_door"}]}],
        [{"valid_to": "2026-06-30"}, {"valid_from": "2026-07-01"}],
    ):
        assert len(tariffs(*lists).lists) == len(lists)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"prices": [{**STEP, "high": 1}]}, "high thấp hơn low"),
        ({"carrying_fee": {"low": 2, "high": 1}}, "high thấp hơn low"),
        ({"prices": [{**STEP, "weight_from": 100}]}, "weight_to lớn hơn weight_from"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "valid_to trước valid_from"),
    ],
)
def test_what_is_upside_down_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(PostalFileError, match=words):
        tariffs(change)
