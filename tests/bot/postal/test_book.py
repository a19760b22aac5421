"""Tests of reading the files about the post."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.postal.book import load_book
from bot.postal.errors import PostalFileError

OWN = """
lists:
  decision: Quyết định 12/QĐ-UBND
  date: 2026-05-04
  procedures:
    - {code: "1.001193", available: [send, receive], excluded: []}
    - {code: "1.000894", excluded: [send, receive], date: 2026-06-01, note: Hai bên phải có mặt}
big_cities: [["01", "79"]]
tariffs:
  - source: Bảng giá Bưu điện tỉnh
    sure: own
    as_of: 2026-05-04
    prices:
      - {zone: same_province, weight_to: 100, low: 25000}
"""


def written(folder: Path, text: str) -> Path:
    """An agency's file."""
    path = folder / "buu-chinh.yml"
    path.write_text(text, "utf-8")
    return path


def test_the_program_itself_brings_no_agency_s_list_and_prices_for_reference_alone() -> None:
    book = load_book()

    assert len(book.lists) == 0
    assert not book.big_cities
    assert all(one.sure == "secondary" for tariffs in book.tariffs for one in tariffs.lists)


def test_the_agency_s_file_is_read_before_it(tmp_path: Path) -> None:
    book = load_book(written(tmp_path, OWN))

    entry = book.lists.entry("1.000894")
    assert entry is not None
    assert (entry.source, entry.as_of) == ("Quyết định 12/QĐ-UBND", "2026-06-01")
    assert book.lists.entry("1.001193.H48") is not None
    assert [one.source for one in book.tariffs[0].lists] == ["Bảng giá Bưu điện tỉnh"]
    assert book.big_cities == {frozenset(("01", "79"))}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("available: [send, receive]", "available: [sent]"), r"dòng 6.*lists\.procedures\[0\]\.available"),
        (("decision: Quyết định 12/QĐ-UBND", "documents: x"), r"dòng 3.*documents"),
        (('[["01", "79"]]', '[["1", "79"]]'), r"dòng 8.*big_cities"),
        (("weight_to: 100", "weight_to: 0"), r"buu-chinh\.yml: bảng giá thứ 1"),
        (("excluded: []", "excluded: [send]"), r"buu-chinh\.yml: lists\.procedures mục thứ 1"),
        (("lists:", "lists: ["), "không đọc được"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    with pytest.raises(PostalFileError, match=words):
        load_book(written(tmp_path, OWN.replace(*change)))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PostalFileError, match="không đọc được"):
        load_book(tmp_path / "none.yml")
