"""Tests of the ways side by side, as an installation answers them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from bot.postal.book import load_book
from bot.postal.comparison import Comparison, WayFacts
from bot.postal.desk import PostalDesk
from bot.postal.option import PostalOption, Standing
from bot.postal.ports import Wish
from bot.postal.quote import NoQuote, Quote, Zone
from bot.postal.shapes import TariffShape
from bot.postal.tariff import checked
from feedback.working_time.loading import load_working_time
from nlu.catalogue.model import (
    Fee,
    FeeKind,
    FilingMethod,
    FilingWay,
    Form,
    OnlineLevel,
    PaperCase,
    PaperRole,
    Procedure,
    RequiredPaper,
    TimeLimit,
    TimeUnit,
)
from tests.factories import counter, procedure

MONDAY = datetime(2026, 12, 7, 2, tzinfo=UTC)
FREE = Fee(kind=FeeKind.FREE)
THREE_DAYS = TimeLimit(amount=3, unit=TimeUnit.WORKING_DAY)


@pytest.fixture(scope="module")
def desk() -> PostalDesk:
    """What the program knows without an agency's file, on a Monday morning."""
    time = load_working_time()
    return PostalDesk(load_book(), time.rules, time.hours(), lambda: MONDAY)


def three_ways(fee: Fee = FREE, **changes: Any) -> Procedure:
    """A procedure that can be filed in each way within three working days."""
    methods = (
        counter(3, fee),
        FilingMethod(way=FilingWay.ONLINE, time=THREE_DAYS, fee=fee),
        FilingMethod(
            way=FilingWay.POST, time=THREE_DAYS, fee=fee, note="Nộp hồ sơ, trả kết quả qua dịch vụ bưu chính."
        ),
    )
    return procedure(**{"methods": methods, "online": OnlineLevel.FULL, **changes})


def ways(comparison: Comparison) -> dict[FilingWay, WayFacts]:
    """The ways by name."""
    return {one.way: one for one in comparison.ways}


def test_counter_online_and_post_stand_side_by_side(desk: PostalDesk) -> None:
    found = desk.compare(three_ways(), Wish(zone=Zone.SAME_PROVINCE))

    post = ways(found)[FilingWay.POST]
    assert list(ways(found)) == [FilingWay.COUNTER, FilingWay.ONLINE, FilingWay.POST]
    assert {one.standing for one in found.ways} == {Standing.ALLOWED}
    assert (found.option, found.zone_known) == (PostalOption.BOTH, True)
    assert [one.trips for one in found.ways] == [(2, 2), (0, 0), (0, 0)]
    assert [one.journey.ends for one in found.ways] == [date(2026, 12, 10), date(2026, 12, 10), date(2026, 12, 16)]
    assert post.quote is not None
    assert (post.quote.low, post.quote.high) == (52000, 60000)
    assert found.fastest == (FilingWay.COUNTER, FilingWay.ONLINE)
    assert found.cheapest == (FilingWay.COUNTER, FilingWay.ONLINE)
    assert (found.source, found.as_of) == ("Cổng Dịch vụ công quốc gia", "2026-06")


def test_a_lower_fee_online_is_the_cheapest(desk: PostalDesk) -> None:
    half = FilingMethod(way=FilingWay.ONLINE, time=THREE_DAYS, fee=Fee(kind=FeeKind.FIXED, amount=50_000))
    full = counter(3, Fee(kind=FeeKind.FIXED, amount=100_000))

    assert desk.compare(procedure(methods=(full, half)), Wish()).cheapest == (FilingWay.ONLINE,)


def test_fees_that_nobody_knows_cannot_be_compared_unless_they_are_the_same(desk: PostalDesk) -> None:
    local = Fee(kind=FeeKind.LOCAL, text="Theo nghị quyết của HĐND")
    unlike = procedure(methods=(counter(3, local), FilingMethod(way=FilingWay.ONLINE, time=THREE_DAYS, fee=FREE)))

    assert desk.compare(unlike, Wish()).cheapest == ()
    assert desk.compare(three_ways(local), Wish()).cheapest == (FilingWay.COUNTER, FilingWay.ONLINE)
    assert ways(desk.compare(three_ways(local), Wish()))[FilingWay.POST].state_fee is None


def test_fees_that_no_source_tells_are_not_taken_for_the_same(desk: PostalDesk) -> None:
    assert desk.compare(three_ways(Fee()), Wish()).cheapest == ()


def test_a_wish_of_which_half_is_not_known_is_not_said_to_be_possible(desk: PostalDesk) -> None:
    only_sent = three_ways(methods=(counter(), FilingMethod(way=FilingWay.POST)))

    wished, plain = desk.compare(only_sent, Wish(option=PostalOption.BOTH)), desk.compare(only_sent, Wish())

    assert ways(wished)[FilingWay.POST].standing is Standing.UNKNOWN
    assert ways(plain)[FilingWay.POST].standing is Standing.ALLOWED


def test_one_way_alone_is_neither_cheapest_nor_fastest(desk: PostalDesk) -> None:
    found = desk.compare(procedure(), Wish())

    assert (found.cheapest, found.fastest) == ((), ())


def test_where_a_day_is_not_known_no_way_is_the_fastest(desk: PostalDesk) -> None:
    unknown = FilingMethod(way=FilingWay.ONLINE, fee=FREE)

    assert desk.compare(procedure(methods=(counter(), unknown)), Wish()).fastest == ()


def test_where_nothing_is_known_of_the_post_nothing_is_computed(desk: PostalDesk) -> None:
    found = desk.compare(procedure(), Wish())

    post = ways(found)[FilingWay.POST]
    assert found.option is None
    assert (post.standing, post.quote, post.no_quote, post.journey.legs, post.trips) == (
        Standing.UNKNOWN, None, None, (), None,
    )  # fmt: skip


def test_what_a_person_wishes_is_taken_unless_it_is_refused(desk: PostalDesk) -> None:
    only_sent = three_ways(methods=(counter(), FilingMethod(way=FilingWay.POST)))
    must_come = procedure(steps=("Khi đăng ký, hai bên phải có mặt.",))

    assert desk.compare(three_ways(), Wish(option=PostalOption.RECEIVE)).option is PostalOption.RECEIVE
    assert desk.compare(only_sent, Wish()).option is PostalOption.SEND
    assert desk.compare(only_sent, Wish(option=PostalOption.BOTH)).option is PostalOption.BOTH
    assert desk.compare(must_come, Wish(option=PostalOption.BOTH)).option is None
    assert FilingWay.POST not in ways(desk.compare(must_come, Wish()))


def test_who_has_only_the_result_sent_pays_and_waits_as_at_the_counter(desk: PostalDesk) -> None:
    methods = (
        counter(5, Fee(kind=FeeKind.FIXED, amount=10_000)),
        FilingMethod(
            way=FilingWay.POST, time=THREE_DAYS, fee=FREE, note="Nộp hồ sơ, trả kết quả qua dịch vụ bưu chính."
        ),
    )

    post = ways(desk.compare(procedure(methods=methods), Wish(option=PostalOption.RECEIVE)))[FilingWay.POST]

    assert (post.fee.amount, post.time.amount, post.trips) == (10_000, 5, (1, 1))
    assert post.quote is not None
    assert (post.quote.low, post.quote.high) == (26_000, 30_000)


@pytest.mark.parametrize(
    ("level", "trips"),
    [(OnlineLevel.FULL, (0, 0)), (OnlineLevel.PARTIAL, (1, 2)), (None, None)],
)
def test_trips_online_follow_from_its_level(
    desk: PostalDesk, level: OnlineLevel | None, trips: tuple[int, int] | None
) -> None:
    assert ways(desk.compare(three_ways(online=level), Wish()))[FilingWay.ONLINE].trips == trips


@pytest.mark.parametrize(
    ("limit", "fewest"),
    [
        (TimeLimit(amount=4, unit=TimeUnit.HOUR), 1),
        (TimeLimit(amount=1, unit=TimeUnit.WORKING_DAY), 1),
        (TimeLimit(amount=48, unit=TimeUnit.HOUR), 2),
        (TimeLimit(amount=1, unit=TimeUnit.MONTH), 2),
        (TimeLimit(), 2),
    ],
)
def test_what_is_done_on_the_day_may_take_one_trip(desk: PostalDesk, limit: TimeLimit, fewest: int) -> None:
    brought = procedure(methods=(FilingMethod(way=FilingWay.COUNTER, time=limit),))

    assert ways(desk.compare(brought, Wish()))[FilingWay.COUNTER].trips == (fewest, 2)


def test_what_is_online_for_information_alone_is_no_way_of_filing(desk: PostalDesk) -> None:
    found = desk.compare(procedure(methods=(), online=OnlineLevel.INFORMATION), Wish())

    assert list(ways(found)) == [FilingWay.COUNTER, FilingWay.POST]
    assert ways(found)[FilingWay.COUNTER].standing is Standing.UNKNOWN


def test_the_weight_is_estimated_from_the_papers_and_can_be_corrected(desk: PostalDesk) -> None:
    papers = (
        RequiredPaper(name="Tờ khai", originals=1, form=Form(name="Mẫu 1")),
        RequiredPaper(name="Giấy chứng sinh", originals=1, copies=0),
        RequiredPaper(name="Bản sao", originals=0, copies=2),
        RequiredPaper(name="Căn cước", role=PaperRole.SHOW),
        RequiredPaper(name="Mẫu điện tử (nếu chọn nộp hồ sơ theo hình thức trực tuyến)", originals=1),
    )
    found = three_ways(cases=(PaperCase(papers=papers),))

    estimated, corrected = desk.compare(found, Wish()), desk.compare(found, Wish(weight=400))

    assert (estimated.papers, estimated.weight, estimated.weights) == (3, 55, (35, 95))
    assert estimated.originals == ("Giấy chứng sinh",)
    assert (corrected.weight, corrected.weights) == (400, None)
    assert ways(corrected)[FilingWay.POST].no_quote is NoQuote.TOO_HEAVY


def test_without_a_list_of_papers_the_lightest_step_is_taken_and_no_range_told(desk: PostalDesk) -> None:
    cases = (PaperCase(title="A", papers=(RequiredPaper(name="x"),)), PaperCase(title="B"))

    found = desk.compare(three_ways(cases=cases), Wish())

    assert (found.papers, found.weight, found.weights) == (0, 100, None)


def test_the_limit_of_the_prices_is_told_in_sheets_too(desk: PostalDesk) -> None:
    assert desk.heaviest(Zone.SAME_PROVINCE) == (100, 17)


def test_where_the_agency_has_a_list_of_its_own_that_one_is_the_limit(desk: PostalDesk) -> None:
    light = {"zone": "same_province", "weight_to": 50, "low": 20_000}
    own = checked([msgspec.convert({"source": "Bảng giá", "sure": "own", "prices": [light]}, TariffShape)])
    theirs = replace(desk, book=replace(desk.book, tariffs=(own, *desk.book.tariffs)))

    assert theirs.quote(PostalOption.SEND, Zone.SAME_PROVINCE, 80) is NoQuote.TOO_HEAVY
    assert theirs.heaviest(Zone.SAME_PROVINCE) == (50, 7)
    assert theirs.heaviest(Zone.OTHER_PROVINCE) == (100, 17)


def test_too_heavy_a_parcel_still_costs_more_than_the_counter(desk: PostalDesk) -> None:
    assert desk.compare(three_ways(), Wish(weight=400)).cheapest == (FilingWay.COUNTER, FilingWay.ONLINE)


def test_an_unknown_distance_is_an_example_within_the_province(desk: PostalDesk) -> None:
    found = desk.compare(three_ways(), Wish())

    assert (found.zone, found.zone_known) == (Zone.SAME_PROVINCE, False)


def test_who_asks_in_the_evening_hands_over_on_the_next_working_day() -> None:
    time = load_working_time()
    friday_night = datetime(2026, 12, 4, 15, tzinfo=UTC)
    desk = PostalDesk(load_book(), time.rules, time.hours(), lambda: friday_night)

    assert {one.journey.starts for one in desk.compare(three_ways(), Wish()).ways} == {date(2026, 12, 7)}


def test_zones_follow_the_provinces(desk: PostalDesk) -> None:
    assert desk.zone("51", "51") is Zone.SAME_PROVINCE
    assert desk.zone("01", "79") is Zone.OTHER_PROVINCE


def test_every_price_says_where_it_comes_from(desk: PostalDesk) -> None:
    quote = desk.quote(PostalOption.SEND, Zone.OTHER_PROVINCE, 60)

    assert isinstance(quote, Quote)
    assert (quote.low, quote.high, quote.reference) == (30500, 31500, True)
    assert "Khánh Hòa" in quote.source
    assert quote.exempt == ("revolutionary_before_1945", "heroic_mother")


def test_the_weight_is_estimated_from_the_papers_that_are_sent(desk: PostalDesk) -> None:
    papers = (RequiredPaper(name="Tờ khai"), RequiredPaper(name="Giấy ra viện"), RequiredPaper(name="Đơn"))
    one, three = (desk.compare(three_ways(), Wish(papers=some)) for some in (papers[:1], papers))

    assert (one.papers, three.papers) == (1, 3)
    assert one.weight < three.weight
