"""The search index finds procedures by their names, survives storage, and refuses what is damaged."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.catalogue.entries import Words, entry_of, index_of, load_lexicon
from nlu.catalogue.index import Index, IndexFormatError, folded_name
from nlu.catalogue.index_build import build_index
from nlu.catalogue.index_features import core_name
from nlu.catalogue.model import Detail, Level, Procedure
from nlu.catalogue.services import Entry
from nlu.catalogue.starter import load_starter
from nlu.text import fold, tokens
from tests.factories import procedure


@pytest.fixture(scope="module")
def starter() -> list[Procedure]:
    """The starter catalogue."""
    return load_starter()[0]


@pytest.fixture(scope="module")
def index(starter: list[Procedure]) -> Index:
    """Its index."""
    return index_of(starter, 12)


@pytest.mark.parametrize("written", [str, fold, str.upper], ids=["accents", "no accents", "capitals"])
def test_every_procedure_of_the_starter_catalogue_is_found_first_by_its_own_name(
    starter: list[Procedure], index: Index, written: type
) -> None:
    lost = []
    for one in starter:
        best = index.rank(written(one.name)).candidates[0]
        if best.code != one.code and core_name(best.name) != core_name(one.name):
            lost.append(f"{one.code} {one.name} -> {best.code} {best.name}")
    assert lost == []


def test_most_sayings_of_the_starter_catalogue_find_their_procedure(starter: list[Procedure], index: Index) -> None:
    said = [(saying, one) for one in starter[::6] for saying in one.also_called[:3]]
    found = [
        saying for saying, one in said if one.code in [hit.code for hit in index.rank(fold(saying), limit=3).candidates]
    ]
    assert len(found) / len(said) > 0.95


def test_the_index_read_back_from_its_bytes_ranks_the_same(index: Index) -> None:
    again = Index.from_bytes(index.to_bytes())
    assert again.version == 12
    assert again.codes == index.codes
    for question in ("làm giấy khai sinh cho con", "doi bang lai xe het bao nhieu tien", "xin giấy phép xây nhà", "?"):
        assert again.rank(question) == index.rank(question)


def test_the_bytes_do_not_depend_on_the_order_of_the_entries() -> None:
    entries = [Entry("1.000002", "Đăng ký kết hôn"), Entry("1.000001", "Đăng ký khai sinh")]
    one, other = build_index(entries, 1), build_index(entries[::-1], 1)
    assert one.codes == other.codes == ("1.000001", "1.000002")
    assert one.rank("khai sinh") == other.rank("khai sinh")


def test_scores_are_shares_in_falling_order_at_most_ten(index: Index) -> None:
    ranking = index.rank("đăng ký")
    scores = [candidate.score for candidate in ranking.candidates]
    assert len(scores) == 10
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0
    assert sum(scores) <= 1.01


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_text_makes_the_ranking_fail(text: str) -> None:
    small = build_index([Entry("1.000001", "Đăng ký khai sinh"), Entry("1.000002", "Đăng ký kết hôn")], 1)
    ranking = small.rank(text)
    assert 0 <= ranking.in_scope <= 1
    assert len(ranking.candidates) == (2 if any(letter.isalpha() for letter in text) else 0)


def test_an_index_without_entries_finds_nothing_and_can_be_stored() -> None:
    empty = Index.from_bytes(build_index([], 3).to_bytes())
    assert empty.version == 3
    assert empty.rank("khai sinh").candidates == ()
    assert empty.rank("khai sinh").in_scope == 0.0


def test_names_without_any_word_can_be_indexed() -> None:
    odd = Index.from_bytes(build_index([Entry("1.000001", "…")], 1).to_bytes())
    assert odd.rank("khai sinh").candidates[0].code == "1.000001"


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"[]", b"\x93NUMPY" + b"\x00" * 40])
def test_bytes_that_are_no_index_are_refused(data: bytes) -> None:
    with pytest.raises(IndexFormatError, match="cannot be read"):
        Index.from_bytes(data)


def test_a_truncated_index_is_refused_wherever_it_was_cut() -> None:
    whole = build_index([Entry("1.000001", "Đăng ký khai sinh")], 1).to_bytes()
    for length in range(0, len(whole), 97):
        with pytest.raises(IndexFormatError):
            Index.from_bytes(whole[:length])


def test_a_damaged_index_is_refused_and_nothing_else_is_raised() -> None:
    whole = build_index([Entry("1.000001", "Đăng ký khai sinh"), Entry("1.000002", "Đăng ký kết hôn")], 1).to_bytes()
    dice = random.Random(20261122)
    refused = 0
    for _ in range(300):
        data = bytearray(whole)
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        try:
            Index.from_bytes(bytes(data))
        except IndexFormatError:
            refused += 1
    assert refused > 200


def test_an_index_of_another_layout_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlu.catalogue.index.FORMAT", 99)
    newer = build_index([Entry("1.000001", "Đăng ký khai sinh")], 1).to_bytes()
    monkeypatch.undo()
    with pytest.raises(IndexFormatError, match="layout 99"):
        Index.from_bytes(newer)


def test_a_typo_or_a_missing_space_still_finds_the_procedure(index: Index) -> None:
    assert "khai sinh" in fold(index.rank("đăng ký khaisinh").candidates[0].name)
    assert "ket hon" in fold(index.rank("đang ky ket hom").candidates[0].name)


def test_what_the_contrast_says_decides_between_first_issue_and_reissue(index: Index) -> None:
    assert "lại" in index.rank("mất căn cước cấp lại").candidates[0].name.lower()
    assert "nước ngoài" in index.rank("kết hôn với người nước ngoài").candidates[0].name.lower()


def test_level_and_authority_are_not_part_of_what_a_service_is() -> None:
    assert core_name("Thủ tục Giải quyết khiếu nại lần đầu tại cấp tỉnh") == "giai quyet khieu nai lan dau"
    assert core_name("Cấp giấy phép (cấp Trung ương)") == core_name("Cấp giấy phép - cấp tỉnh") == "cap giay phep"
    assert core_name("Đăng ký kết hôn") != core_name("Đăng ký lại kết hôn")
    assert core_name("(cấp xã)") != ""


def test_names_are_compared_as_typed_without_accents() -> None:
    assert folded_name("Đăng ký  kết HÔN") == "dang ky ket hon"


def test_an_entry_says_how_likely_a_citizen_means_it() -> None:
    entry = entry_of(
        procedure(
            "1.001193.H17", levels=(Level.COMMUNE, Level.DISTRICT), applicants=("Công dân Việt Nam",), as_of="2024"
        ),
        Words({"1.001193": ("làm giấy khai sinh",)}, {"1.001193": ("Xin hỏi Bộ …",)}, frozenset({"1.001193"})),
        family="khai sinh",
    )
    assert entry.flags == {"commune", "citizen", "full", "popular", "copy", "old"}
    assert entry.also_called == ("làm giấy khai sinh",)
    assert entry.questions == ("Xin hỏi Bộ …",)
    assert entry.family == "khai sinh"
    nothing = entry_of(procedure(detail=Detail.LISTING), Words({}, {}, frozenset()))
    assert nothing.flags.isdisjoint({"full", "popular"})


def test_every_saying_of_the_lexicon_has_words_and_a_meaning() -> None:
    pairs = load_lexicon()
    assert len(pairs) > 50
    assert all(tokens(said) and tokens(meant) for said, meant in pairs)
