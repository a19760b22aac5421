"""The ways of ranking: each finds by what it has, and the full one is the index's own ranking."""

from __future__ import annotations

import numpy as np
import pytest

from bot.evaluation.ablation import OTHER_FIELDS, Way, best, other_postings, ways
from nlu.catalogue.index import Index
from nlu.catalogue.index_build import build_index
from nlu.catalogue.model import PaperCase, Procedure, RequiredPaper
from nlu.catalogue.services import Entry
from tests.factories import procedure

BIRTH, LAND = "1.000001", "1.000002"
ENTRIES = [
    Entry(BIRTH, "Đăng ký khai sinh", also_called=("làm giấy cho bé mới đẻ",), questions=("trẻ chưa có tên thì sao",)),
    Entry(LAND, "Cấp giấy chứng nhận quyền sử dụng đất", also_called=("làm sổ đỏ",), body="bản đồ địa chính"),
]
LEXICON = (("sổ hồng", "quyền sử dụng đất"),)


@pytest.fixture(scope="module")
def records() -> list[Procedure]:
    """The two procedures."""
    papers = (PaperCase(papers=(RequiredPaper(name="Giấy chứng sinh"),)),)
    land = procedure(LAND, result="Sổ đỏ", applicants=("Hộ gia đình",), legal_basis=("31/2024/QH15",), cases=())
    return [procedure(BIRTH, cases=papers), land]


@pytest.fixture(scope="module")
def full() -> Index:
    """Their index."""
    return build_index(ENTRIES, 1, LEXICON)


@pytest.fixture(scope="module")
def named(full: Index, records: list[Procedure]) -> dict[str, Way]:
    """The ways of ranking by name."""
    return {way.name: way for way in ways(full, ENTRIES, records)}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("words of the name (BM25)", "khai sinh", [BIRTH]),
        ("words of the name (BM25)", "sổ hồng", []),
        ("words of the name with the lexicon", "sổ hồng", [LAND]),
        ("… and pairs of words", "sử dụng đất", [LAND]),
        ("character runs of the name", "khaisinh", [BIRTH]),
        ("everyday sayings (BM25)", "bé mới đẻ", [BIRTH]),
        ("everyday sayings (best line)", "bé mới đẻ", [BIRTH]),
        ("long questions", "trẻ chưa có tên", [BIRTH]),
        ("body", "bản đồ", [LAND]),
        ("papers alone", "chứng sinh", [BIRTH]),
        ("result alone", "sổ đỏ", [LAND]),
        ("who alone", "hộ gia đình", [LAND]),
        ("legal basis alone", "31/2024/QH15", [LAND]),
        ("words of the name with the lexicon, and result", "sổ đỏ", [LAND]),
    ],
)
def test_each_way_finds_by_what_it_has(named: dict[str, Way], name: str, text: str, found: list[str]) -> None:
    assert [codes[0] for codes in named[name].rank(text)][: max(1, len(found))] == found


def test_the_last_way_is_the_full_ranking(named: dict[str, Way], full: Index) -> None:
    last = list(named.values())[-1]
    assert last.name == "fitted ranking, everything"
    assert last.rank("làm sổ đỏ") == [one.codes for one in full.rank("làm sổ đỏ").candidates]
    assert all(way.rank("làm sổ đỏ") is not None for way in named.values())


def test_what_a_ranking_lacks_it_lacks(full: Index, named: dict[str, Way]) -> None:
    assert len(named) == 9 + 2 * len(OTHER_FIELDS) + 5
    assert named["fitted ranking, everything"].rank("bé mới đẻ")[0] == (BIRTH,)


def test_services_without_any_score_are_not_found(full: Index) -> None:
    assert best(full, np.zeros(2, np.float32)) == []
    assert best(full, np.asarray([0.1, 0.2], np.float32)) == [(LAND,), (BIRTH,)]


def test_other_fields_are_indexed_by_service(full: Index, records: list[Procedure]) -> None:
    assert "gia" in other_postings(full, records)["who"].vocabulary
