"""Reading single cells."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.dossiers.importing.values import CellError, amount, day, moment, text, texts
from feedback.working_time.loading import load_working_time
from feedback.working_time.zone import VIETNAM

NOON = datetime(2026, 11, 30, 12, 5, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    "written",
    [
        "30/11/2026 12:05",
        "30-11-2026 12:05:00",
        "30.11.2026, 12h05",
        "12:05 30/11/2026",
        "12 giờ 05 ngày 30/11/2026",
        "30/11/2026 12:05:00 CH",
        "2026-11-30T12:05:00",
        "2026-11-30 12:05:00.000",
        "2026-11-30T05:05:00Z",
        "2026-11-30T12:05:00+07:00",
        "202611301205",
        "20261130120500",
        datetime(2026, 11, 30, 12, 5).isoformat(),
    ],
)
def test_a_moment_is_read_however_it_is_written(written: str) -> None:
    assert moment(written) == NOON


@pytest.mark.parametrize("written", ["30/11/2026", "30 / 11 / 2026", "2026-11-30", "20261130", 46356, 46356.0])
def test_a_day_alone_begins_at_midnight_in_vietnam(written: object) -> None:
    assert moment(written) == datetime(2026, 11, 29, 17, tzinfo=UTC)
    assert day(written) == date(2026, 11, 30)


@pytest.mark.parametrize("written", ["30/11/2026", "2026-11-30T00:00:00", "2026-11-29T17:00:00Z"])
def test_an_appointment_that_is_a_day_alone_ends_when_the_office_closes(written: str) -> None:
    closing = load_working_time().hours("H48").closing
    assert moment(written, closing) == closing(date(2026, 11, 30))


@pytest.mark.parametrize("written", ["31/12/2012", "01/01/2050", "01/01/2050 17:00"])
def test_an_appointment_in_a_year_without_a_calendar_spoils_its_row_and_not_the_file(written: str) -> None:
    with pytest.raises(CellError):
        moment(written, load_working_time().hours("H48").closing)


@pytest.mark.parametrize(
    "written",
    ["hôm qua", "31/11/2026", "11/30/2026", "30/11/26", "29/2", "2026-11-31", "25:00 30/11/2026", "01/01/1900", "7"],
)
def test_what_is_no_day_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(CellError) as caught:
        moment(written)
    assert written not in str(caught.value)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 10**400, -1, 99_999_999, [1], {"a": 1}])
def test_numbers_and_lists_that_are_no_day_are_refused(value: object) -> None:
    with pytest.raises(CellError):
        moment(value)


@pytest.mark.parametrize("read", [moment, amount, day])
def test_an_empty_cell_is_nothing(read: object) -> None:
    assert callable(read)
    assert [read(value) for value in (None, "", "  ")] == [None] * 3


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("50.000", 50_000),
        ("50,000 đ", 50_000),
        ("50000", 50_000),
        (50_000.0, 50_000),
        ("1.250.000,00", 1_250_000),
        ("0", None),
    ],
)
def test_an_amount_is_read_in_dong(written: object, number: int | None) -> None:
    assert amount(written) == number


@pytest.mark.parametrize("written", ["miễn phí", "-5", 1e300, float("inf"), "9" * 400])
def test_what_is_no_amount_is_refused(written: object) -> None:
    with pytest.raises(CellError):
        amount(written)


def test_a_text_is_one_line_and_no_longer_than_it_may_be() -> None:
    assert text(" a\x00\n b\u202e ") == "a b"
    assert text(912345678.0) == "912345678"
    assert len(text("x" * 10_000_000)) == 500
    assert text("=HYPERLINK(1)") == "=HYPERLINK(1)"
    with pytest.raises(CellError):
        text({"a": 1})


def test_entries_are_divided_by_semicolons_or_lines() -> None:
    assert texts("Ảnh 3x4; Giấy khám\nTờ khai;") == ("Ảnh 3x4", "Giấy khám", "Tờ khai")
    assert texts(["Ảnh", ""]) == ("Ảnh",)
    assert texts(None) == ()
    assert len(texts(";".join("abcdefgh" * 20))) == 50
