"""The five grades, by property: what every total must satisfy, and the rule's own borders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dossiers.rating.answers import Agencies, Answers, Attitude, Contacts
from bot.dossiers.rating.grade import OF_DOSSIER, OF_UNIT, Index, Points, Tally, Times, graded, points, timely
from bot.dossiers.rating.rules import load_rule

RULE = load_rule(date(2026, 11, 26))
DUE = date(2026, 11, 20)
DAY = timedelta(days=1)
BEST = Answers(Contacts.NONE, Agencies.NONE, Attitude.GOOD)
POINT = st.integers(0, 2)
DOSSIERS = st.lists(st.dictionaries(st.sampled_from(OF_DOSSIER), POINT), max_size=30)
UNITS = st.dictionaries(st.sampled_from(OF_UNIT), POINT)


def tally(dossiers: Iterable[Points]) -> Tally:
    """Add dossiers up."""
    found = Tally()
    for one in dossiers:
        found.take(one, rated=False)
    return found


@given(DOSSIERS, UNITS)
def test_averages_and_totals_stay_within_the_rule(dossiers: list[dict[Index, int]], unit: dict[Index, int]) -> None:
    found = graded(tally(dossiers), unit, RULE)
    assert all(0 <= average <= 2 for average in found.averages.values())
    assert all(average == average.quantize(Decimal("0.1")) for average in found.averages.values())
    assert found.total == sum(found.averages.values())
    assert 0 <= found.total <= 18
    assert set(found.averages).isdisjoint(found.missing)
    assert set(found.averages) | set(found.missing) == set(Index)


@given(DOSSIERS, UNITS)
def test_what_is_missing_is_never_taken_for_nothing(dossiers: list[dict[Index, int]], unit: dict[Index, int]) -> None:
    found = graded(tally(dossiers), unit, RULE)
    assert found.lowest.least <= found.highest.least
    assert (found.grade is None) == (found.lowest != found.highest)
    full = dict.fromkeys(OF_UNIT, 2)
    rest = [{index: 2 for index in found.missing if index in OF_DOSSIER}]
    whole = graded(tally([*dossiers, *rest]), {**full, **unit}, RULE)
    assert found.lowest.least <= (whole.grade or whole.lowest).least


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(OF_DOSSIER, POINT)), min_size=1, max_size=20), UNITS)
def test_a_better_dossier_never_makes_the_grade_worse(
    dossiers: list[dict[Index, int]], unit: Mapping[Index, int]
) -> None:
    before = graded(tally(dossiers), unit, RULE)
    better = [dict.fromkeys(OF_DOSSIER, 2), *dossiers[1:]]
    after = graded(tally(better), unit, RULE)
    assert after.total >= before.total
    assert after.lowest.least >= before.lowest.least


@pytest.mark.parametrize(
    ("total", "name"),
    [
        ("18", "Xuất sắc"),
        ("15", "Xuất sắc"),
        ("14.9", "Tốt"),
        ("12", "Tốt"),
        ("11.9", "Khá"),
        ("9", "Khá"),
        ("8.9", "Trung bình"),
        ("6", "Trung bình"),
        ("5.9", "Yếu"),
        ("0", "Yếu"),
    ],
)
def test_the_borders_are_those_of_the_rule(total: str, name: str) -> None:
    assert RULE.grade(Decimal(total)).name == name


@pytest.mark.parametrize(("days", "point"), [(-1, 2), (0, 1), (1, 0)])
def test_time_counts_by_days_against_the_receipts_appointment(days: int, point: int) -> None:
    found = points(timely(Times(DUE, DUE + days * DAY, ((DUE, DUE - DAY), (DUE, DUE + days * DAY)))), BEST)
    assert found[Index.TOTAL_TIME] == found[Index.AGENCY_TIME] == found[Index.ATTITUDE] == point


def test_who_was_treated_badly_gives_no_point_for_it() -> None:
    bad = Answers(Contacts.OWN_FAULT, Agencies.ONE, Attitude.BAD)
    found = points(timely(Times(DUE, DUE - DAY)), bad)
    assert (found[Index.ATTITUDE], found[Index.CONTACTS], found[Index.AGENCIES]) == (0, 2, 1)


def test_what_nobody_said_and_no_source_told_is_left_out() -> None:
    assert points(timely(Times()), None) == {}
    assert set(points(timely(Times(DUE, DUE)), None)) == {Index.TOTAL_TIME}
    assert Index.ATTITUDE not in points(timely(Times()), BEST)


def test_averages_round_half_up_to_one_decimal() -> None:
    dossiers = [{Index.CONTACTS: 1}] * 3 + [{Index.CONTACTS: 2}] * 17
    assert graded(tally(dossiers), {}, RULE).averages[Index.CONTACTS] == Decimal("1.9")
    assert graded(tally([{Index.CONTACTS: 1}] * 3 + [{Index.CONTACTS: 2}]), {}, RULE).averages == {
        Index.CONTACTS: Decimal("1.3")
    }
