"""Tables counted by hand, and against the periodic report."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from bot.console.dashboard.periods import OTHER, Days
from bot.console.dashboard.sheet import Sheet, parts_of, percent
from bot.console.dashboard.sheets import needs, sheet, sheets
from feedback.reports.daily import day_of
from feedback.reports.story import Period
from tests.bot.console.dashboard.house import AFTER, Pages, unit_name
from tests.feedback.desk import REPORTER

DAYS = Days(OTHER, date(2026, 11, 20), date(2026, 12, 31))


async def tables(office: Pages, days: Days = DAYS) -> dict[str, Sheet]:
    return {one.key: one for one in sheets(await office.board.read(days, AFTER), unit_name)}


async def test_feedback_is_counted_as_the_report_counts_it(office: Pages) -> None:
    row = (await tables(office))["phan-anh-don-vi"].total
    period = Period(day_of(DAYS.first).since, day_of(DAYS.last).until)
    async with office.database.read() as session:
        total = (await office.reports.periodic(session, REPORTER, period, office.book, AFTER)).total
    get = total.__getitem__
    elsewhere = ("not_received", "out_of_scope", "forwarded", "merged", "withdrawn")
    gone = sum(map(get, elsewhere))
    assert row[1:5] == [get("new"), get("handled"), get("handled_on_time"), get("handled_late")] == [9, 3, 2, 1]
    assert (row[5], row[6]) == ("66,7 %", gone)
    assert gone == 2


async def test_every_table_of_feedback_adds_up_to_the_same(office: Pages) -> None:
    found = await tables(office)
    by_category, over_time = found["phan-anh-noi-dung"], found["phan-anh-ngay"]
    assert by_category.total == found["phan-anh-don-vi"].total
    assert over_time.total == ["Tổng", 9, 3, 1]
    assert len(over_time.rows) == 42
    assert [row[1] for row in over_time.rows][:6] == [1] * 6


async def test_dossiers_talk_and_waits_are_counted_by_hand(office: Pages) -> None:
    found = await tables(office)
    assert list(found["ho-so"].rows) == [["Phường A", 2, 1, 1, 0, "50,0 %"]]
    assert list(found["tra-loi"].rows) == [["Trang web", 2, 1, 1, "50,0 %", 0]]
    assert found["tin-nhan-ngay"].total == ["Tổng", 4]
    assert list(found["cho-tra-loi"].rows) == [["Trang web", 4, "2", "4"]]
    assert next(iter(found["hai-long"].rows)) == ["Xử lý phản ánh", 1, 0, 1, "0,0 %"]
    assert next(iter(found["kenh"].rows))[:7] == ["Trang web", 0, 0, "—", 4, 0, 0]


async def test_a_period_before_everything_is_empty(office: Pages) -> None:
    found = await tables(office, Days(OTHER, date(2026, 1, 1), date(2026, 1, 31)))
    assert [one.key for one in found.values() if one.chart and not one.chart.is_empty] == []


async def test_a_table_by_itself_is_the_one_of_the_page(office: Pages) -> None:
    for key, whole in (await tables(office)).items():
        figures = await office.board.read(DAYS, AFTER, needs(key))
        assert sheet(key, figures, unit_name) == whole
    assert not needs("khong-co")


async def test_time_is_divided_among_all_days_of_a_long_period(office: Pages) -> None:
    found = await tables(office, Days(OTHER, date(2026, 1, 5), date(2026, 12, 31)))
    assert found["phan-anh-ngay"].total == ["Tổng", 9, 3, 1]
    assert len(found["phan-anh-ngay"].rows) == 52


def test_long_periods_are_divided_without_a_gap() -> None:
    for count in (1, 62, 63, 400, 731, 732, 1500):
        first = date(2023, 3, 15)
        last = first + timedelta(days=count - 1)
        parts = parts_of(first, last)
        assert (parts[0][1], parts[-1][2]) == (first, last)
        assert all(after[1] - before[2] == timedelta(days=1) for before, after in itertools.pairwise(parts))
        assert len(parts) <= 107


def test_a_share_of_nothing_is_a_dash() -> None:
    assert percent(0, 0) == "—"
    assert percent(2, 3) == "66,7 %"
