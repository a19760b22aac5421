"""Tests of journeys: what holds for any day, distance and limit, and a few that a clerk can check by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.postal.comparison import LegKind
from bot.postal.journey import Roads
from bot.postal.option import PostalOption
from bot.postal.quote import Zone
from feedback.working_time.loading import WorkingTime, load_working_time
from nlu.catalogue.model import TimeLimit, TimeUnit

TIME: list[WorkingTime] = []
STARTS = st.dates(date(2025, 7, 1), date(2027, 11, 1))
ZONES = st.sampled_from(Zone)
OPTIONS = st.sampled_from([None, *PostalOption])
LIMITS = st.builds(
    TimeLimit,
    amount=st.integers(1, 60).map(float),
    unit=st.sampled_from([TimeUnit.WORKING_DAY, TimeUnit.DAY]),
)
BY_LENGTH = (Zone.SAME_PROVINCE, Zone.BIG_CITIES, Zone.OTHER_PROVINCE)


def roads() -> Roads:
    """The country's calendar, read once."""
    if not TIME:
        TIME.append(load_working_time())
    return Roads(TIME[0].rules, TIME[0].hours())


def working_days(amount: float) -> TimeLimit:
    """A limit in working days."""
    return TimeLimit(amount=amount, unit=TimeUnit.WORKING_DAY)


@given(starts=STARTS, zone=ZONES, option=OPTIONS, limit=LIMITS)
def test_no_stretch_ends_on_a_day_off_or_before_it_begins(
    starts: date, zone: Zone, option: PostalOption | None, limit: TimeLimit
) -> None:
    journey = roads().journey(option, zone, limit, starts, "nguồn")

    day = journey.starts
    assert day >= starts
    for leg in journey.legs:
        assert leg.ends is not None
        assert roads().hours.calendar.is_working(leg.ends)
        assert leg.ends > day
        day = leg.ends


@given(starts=STARTS, zone=ZONES)
def test_the_post_s_j_plus_n_is_n_working_days_after_the_day_it_took_the_papers(starts: date, zone: Zone) -> None:
    journey = roads().journey(PostalOption.BOTH, zone, working_days(5), starts, "nguồn")
    there, _, back = journey.legs
    count = roads().hours.calendar.count

    assert there.ends is not None
    assert back.ends is not None
    assert journey.legs[1].ends is not None
    assert count(starts, there.ends).days == there.days
    assert count(journey.legs[1].ends, back.ends).days == back.days


@given(starts=STARTS, later=st.integers(0, 40), zone=ZONES, option=OPTIONS, limit=LIMITS)
def test_who_hands_over_later_is_never_done_earlier(
    starts: date, later: int, zone: Zone, option: PostalOption | None, limit: TimeLimit
) -> None:
    first = roads().journey(option, zone, limit, starts, "").ends
    second = roads().journey(option, zone, limit, starts + timedelta(later), "").ends

    assert first is not None
    assert second is not None
    assert first <= second


@given(starts=STARTS, zone=ZONES, option=OPTIONS, amount=st.integers(1, 60), more=st.integers(0, 20))
def test_a_longer_limit_never_ends_earlier(
    starts: date, zone: Zone, option: PostalOption | None, amount: int, more: int
) -> None:
    ends = [roads().journey(option, zone, working_days(one), starts, "").ends for one in (amount, amount + more)]

    assert None not in ends
    assert ends == sorted(day for day in ends if day)


@given(starts=STARTS, option=OPTIONS, limit=LIMITS)
def test_a_longer_way_never_arrives_earlier(starts: date, option: PostalOption | None, limit: TimeLimit) -> None:
    ends = [roads().journey(option, zone, limit, starts, "").ends for zone in BY_LENGTH]

    assert ends == sorted(day for day in ends if day)


def test_a_week_without_holidays_can_be_counted_by_hand() -> None:
    # Monday 7 December 2026; two days there, three in the office, two back.
    journey = roads().journey(PostalOption.BOTH, Zone.SAME_PROVINCE, working_days(3), date(2026, 12, 7), "Cổng")

    assert [(leg.kind, leg.days, leg.ends) for leg in journey.legs] == [
        (LegKind.TO_OFFICE, 2, date(2026, 12, 9)),
        (LegKind.PROCEDURE, 3, date(2026, 12, 14)),
        (LegKind.TO_DOOR, 2, date(2026, 12, 16)),
    ]
    assert journey.slip is not None
    assert (journey.slip.days, journey.slip.ends) == (4, date(2026, 12, 11))
    assert journey.legs[0].basis == "Thông tư 17/2017/TT-BTTTT Art 7"
    assert journey.legs[1].basis == "Cổng"


def test_the_post_takes_papers_on_a_saturday_but_a_counter_only_on_monday() -> None:
    saturday = date(2026, 12, 5)

    sent = roads().journey(PostalOption.SEND, Zone.SAME_PROVINCE, working_days(1), saturday, "")
    brought = roads().journey(None, Zone.SAME_PROVINCE, working_days(1), saturday, "")

    assert (sent.starts, sent.legs[0].ends) == (saturday, date(2026, 12, 8))
    assert (brought.starts, brought.ends) == (date(2026, 12, 7), date(2026, 12, 8))


def test_only_the_result_by_post_means_handing_in_at_the_counter() -> None:
    journey = roads().journey(PostalOption.RECEIVE, Zone.OTHER_PROVINCE, working_days(1), date(2026, 12, 7), "")

    assert [leg.kind for leg in journey.legs] == [LegKind.PROCEDURE, LegKind.TO_DOOR]
    assert journey.slip is None


@pytest.mark.parametrize(
    ("limit", "ends"),
    [
        (TimeLimit(amount=5, unit=TimeUnit.DAY), date(2026, 12, 14)),  # a Saturday: the next working day
        (TimeLimit(amount=1, unit=TimeUnit.MONTH), date(2027, 1, 7)),
        (TimeLimit(amount=0.5, unit=TimeUnit.WORKING_DAY), date(2026, 12, 8)),
        (TimeLimit(amount=4, unit=TimeUnit.HOUR), date(2026, 12, 8)),
        (TimeLimit(text="Theo lịch của hội đồng"), None),
        (TimeLimit(), None),
        (TimeLimit(amount=1.5, unit=TimeUnit.MONTH), None),
        (TimeLimit(amount=10, unit=TimeUnit.YEAR, text="từ"), date(2036, 12, 8)),
    ],
)
def test_a_limit_is_counted_in_its_own_unit_and_not_at_all_without_one(limit: TimeLimit, ends: date | None) -> None:
    assert roads().journey(None, Zone.SAME_PROVINCE, limit, date(2026, 12, 7), "").ends == ends


def test_an_unknown_limit_leaves_the_way_back_without_a_day_but_with_its_length() -> None:
    journey = roads().journey(PostalOption.BOTH, Zone.OTHER_PROVINCE, TimeLimit(), date(2026, 12, 7), "")

    assert [(leg.days, leg.ends is None) for leg in journey.legs] == [(4, False), (None, True), (4, True)]
    assert journey.ends is None


def test_days_of_a_year_that_is_not_decided_are_said_to_be_uncertain() -> None:
    sure = roads().journey(None, Zone.SAME_PROVINCE, working_days(2), date(2026, 12, 7), "")
    unsure = roads().journey(None, Zone.SAME_PROVINCE, working_days(40), date(2026, 12, 7), "")

    assert (sure.unverified, unsure.unverified) == (False, True)
