"""Tests of reading where a row comes from."""

from __future__ import annotations

import pytest

from nlu.catalogue.importing.provenance import (
    OLD_DA_NANG,
    OLD_SOURCE,
    ONE_PROVINCE,
    caveats_for,
    read_as_of,
    read_source,
)


@pytest.mark.parametrize(
    ("source", "as_of"),
    [
        ("copy (dichvucong.gov.vn, crawl 06-07/2026)", "2026-06"),
        ("list (dichvucong.gov.vn listing, 28/04/2025)", "2025-04-28"),
        ("PDF export, 17/07/2026", "2026-07-17"),
        ("TTHC.csv (2025)", "2025"),
        ("recrawl (dichvucong.gov.vn, ~05-08/2025)", "2025-05"),
        ("pdf (dichvucong.danang.gov.vn, 2023-06/2025)", "2023"),
        ("national portal, 12/2025", "2025-12"),
        ("2026-03-05", "2026-03-05"),
        ("no date at all", ""),
        ("31/02/2025", ""),
    ],
)
def test_the_date_is_as_precise_as_the_source_and_of_a_span_the_beginning(source: str, as_of: str) -> None:
    assert read_as_of(source) == as_of


@pytest.mark.parametrize(
    ("source", "url", "name"),
    [
        ("x (dichvucong.gov.vn, crawl 06-07/2026)", None, "Cổng Dịch vụ công quốc gia, bản chụp 06-07/2026"),
        ("x (2026)", "https://dichvucong.gov.vn/1", "Cổng Dịch vụ công quốc gia, bản chụp 2026"),
        ("TTHC.csv (2025)", None, "Bản sao danh mục thủ tục hành chính, 2025"),
        ("Quyết định 1/QĐ-BTP", None, "Quyết định 1/QĐ-BTP"),
    ],
)
def test_the_source_is_named_for_the_reader(source: str, url: str | None, name: str) -> None:
    assert read_source(source, url).name == name


@pytest.mark.parametrize("as_of", ["2025-06-30", "2025-04", "2025", "2023"])
def test_a_source_that_may_be_older_than_the_two_levels_says_so(as_of: str) -> None:
    assert caveats_for("1.001193", "national", as_of) == (OLD_SOURCE,)


def test_a_recent_national_source_needs_no_caveat() -> None:
    assert caveats_for("1.001193", "national", "2025-07") == ()
    assert caveats_for("1.001193", "", "2026-06") == ()


def test_a_local_source_says_where_it_holds() -> None:
    assert caveats_for("1.1", "Đà Nẵng (before the 07/2025 merger)", "2023") == (OLD_SOURCE, OLD_DA_NANG)
    assert caveats_for("1.1", "national/provincial portal PDF", "2026") == (ONE_PROVINCE,)
    assert "phường Tây Nha Trang" in caveats_for("1.1", "phường Tây Nha Trang", "2026")[0]


@pytest.mark.parametrize("code", ["1.001193.000.00.00.H17", "1.001193.H17"])
def test_a_provincial_copy_names_its_province_and_the_national_code(code: str) -> None:
    (caveat,) = caveats_for(code, "national", "2026-06")

    assert "H17" in caveat
    assert "1.001193)" in caveat
