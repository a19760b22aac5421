"""Tests of reading files of post offices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.postal.errors import PostalFileError
from bot.postal.office import PostOffice
from bot.postal.office_file import OfficeReading
from nlu.catalogue.importing.findings import Severity
from nlu.places.place import Commune, Outcome, PlaceReading, Province
from tests.fakes.post import FakePlaces

PROVINCE = Province("51", "Tỉnh Quảng Ngãi")
COMMUNE = Commune("21085", "Xã Bình Minh", PROVINCE, 15.2, 108.7)
OLD = "Bình An, Bình Sơn, Quảng Ngãi"
ROW = {"code": 570001, "name": "Bình An", "province": "Quảng Ngãi", "district": "Bình Sơn", "ward": "Bình An"}


def reading(**known: PlaceReading) -> OfficeReading:
    """Reads rows of the old commune, and whatever else is named."""
    places = FakePlaces({OLD: PlaceReading(Outcome.COMMUNE, COMMUNE, PROVINCE), **known})
    return OfficeReading(places, "Bưu điện tỉnh", "2024-01-01")


def written(folder: Path, *rows: object) -> Path:
    """A JSON file of rows."""
    path = folder / "offices.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    return path


def read(file: Path, by: OfficeReading) -> list[PostOffice]:
    """The offices of a file."""
    return by.read(file, lambda _: None)


def test_an_office_of_an_old_commune_gets_today_s_with_its_middle(tmp_path: Path) -> None:
    row = {**ROW, "detailAddress": "Thôn An Khương", "phone": 2553851234, "giờ mở cửa": "07:30-17:00"}

    (office,) = read(written(tmp_path, row), reading())

    assert office == PostOffice(
        code="570001",
        name="Bình An",
        address="Thôn An Khương, Bình An, Xã Bình Minh, Tỉnh Quảng Ngãi",
        commune="21085",
        province="51",
        phone="02553851234",
        hours="07:30-17:00",
        latitude=15.2,
        longitude=108.7,
        exact=False,
        as_of="2024-01-01",
        source="Bưu điện tỉnh",
    )


def test_an_address_that_names_the_place_itself_is_left_as_it_is(tmp_path: Path) -> None:
    today = {**ROW, "address": "Thôn 1, Bình An, xã Bình Minh, tỉnh Quảng Ngãi"}
    unclear = {"code": "2", "name": "B", "address": "Tổ 5", "ward": "Quảng Ngãi", "district": "Quảng Ngãi"}

    offices = read(written(tmp_path, today, unclear), reading())

    assert [one.address for one in offices] == [today["address"], "Tổ 5, Quảng Ngãi"]


def test_csv_and_workbooks_are_read_by_their_vietnamese_columns(tmp_path: Path) -> None:
    head = ["Mã bưu cục", "Tên bưu cục", "Tỉnh/Thành phố", "Quận/Huyện", "Phường/Xã", "Vĩ độ", "Kinh độ", "Ghi chú"]
    cells = ["570001", "Bình An", "Quảng Ngãi", "Bình Sơn", "Bình An", "15,25", "108.75", "x"]
    table = tmp_path / "a.csv"
    table.write_text("\n".join(";".join(row) for row in (head, cells)), "utf-8")
    book = Workbook()
    for row in (head, cells):
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")

    by_file = [read(tmp_path / name, reading())[0] for name in ("a.csv", "a.xlsx")]

    assert by_file[0] == by_file[1]
    assert (by_file[0].latitude, by_file[0].longitude, by_file[0].exact) == (15.25, 108.75, True)


def test_a_row_whose_place_is_not_clear_is_kept_without_commune_and_reported(tmp_path: Path) -> None:
    several = PlaceReading(Outcome.SEVERAL, province=PROVINCE, candidates=(COMMUNE, COMMUNE))
    by = reading(**{"Tân An, Quảng Ngãi": several, "Quảng Ngãi": PlaceReading(Outcome.PROVINCE, province=PROVINCE)})
    rows = [
        {"code": "1", "name": "A", "ward": "Tân An", "province": "Quảng Ngãi"},
        {"code": "2", "name": "B", "province": "Quảng Ngãi"},
        {"code": "3", "name": "C", "address": "đâu đó"},
    ]

    offices = read(written(tmp_path, *rows), by)

    assert [(one.commune, one.province) for one in offices] == [("", "51"), ("", "51"), ("", "")]
    assert [(one.line, one.severity) for one in by.findings] == [(line, Severity.DOUBTFUL) for line in (1, 2, 3)]
    assert "nhiều xã" in by.findings[0].reason


def test_an_office_of_a_divided_commune_stands_between_its_parts_but_not_between_namesakes(tmp_path: Path) -> None:
    beside, away = (
        Commune(code, "Xã Khác", PROVINCE, latitude, 108.7) for code, latitude in (("1", 15.3), ("2", 15.9))
    )
    by = reading(
        A=PlaceReading(Outcome.SEVERAL, province=PROVINCE, candidates=(COMMUNE, beside)),
        B=PlaceReading(Outcome.SEVERAL, province=PROVINCE, candidates=(COMMUNE, away)),
    )

    divided, namesakes = read(written(tmp_path, *({"code": one, "name": one, "ward": one} for one in "AB")), by)

    assert divided.latitude == pytest.approx(15.25)
    assert (divided.exact, divided.commune) == (False, "")
    assert namesakes.latitude is None


def test_an_address_helps_where_the_columns_alone_are_not_clear(tmp_path: Path) -> None:
    by = reading(**{"Xã Bình An, Quảng Ngãi": PlaceReading(Outcome.COMMUNE, COMMUNE, PROVINCE)})

    (office,) = read(
        written(tmp_path, {"code": "1", "name": "A", "address": "Xã Bình An", "province": "Quảng Ngãi"}), by
    )

    assert office.commune == "21085"
    assert by.findings == []


@pytest.mark.parametrize("point", [("15.2", "208"), ("0", "0"), ("mười lăm", "108"), ("15.2", "")])
def test_a_point_that_is_not_in_vietnam_is_left_out(tmp_path: Path, point: tuple[str, str]) -> None:
    by = reading()

    (office,) = read(written(tmp_path, {**ROW, "lat": point[0], "lng": point[1]}), by)

    assert (office.latitude, office.exact) == (15.2, False)
    assert [one.field for one in by.findings] == ["latitude"]


def test_rows_that_are_no_office_and_numbers_that_stand_twice_are_left_out(tmp_path: Path) -> None:
    by = reading()
    rows: list[Any] = [
        ROW,
        {**ROW, "name": "Khác"},
        {"name": "A"},
        {"code": "9"},
        5,
        {**ROW, "code": ["x"]},
        {**ROW, "code": "x" * 30},
    ]

    offices = read(written(tmp_path, *rows), by)

    assert [one.name for one in offices] == ["Bình An"]
    assert [one.severity for one in by.findings] == [Severity.DUPLICATE, *[Severity.REJECTED] * 5]
    assert by.rows == 7


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "{}"),
        ("a.json", "[{"),
        ("a.json", "[]"),
        ("a.csv", "ten\nx"),
        ("a.pdf", ""),
        ("a.json", "[" * 100_000),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole_is_refused(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")

    with pytest.raises(PostalFileError):
        read(tmp_path / name, reading())


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PostalFileError, match="không mở được"):
        read(tmp_path / "none.json", reading())
