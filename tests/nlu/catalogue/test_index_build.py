"""Building joins entries into services, weighs words, and makes what can be stored without a difference."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from nlu.catalogue.entries import entries_of, load_lexicon
from nlu.catalogue.index import Index, IndexFormatError
from nlu.catalogue.index_build import build_index
from nlu.catalogue.index_features import CONTRASTS
from nlu.catalogue.index_weights import Weights
from nlu.catalogue.services import Entry
from nlu.catalogue.starter import load_starter
from nlu.text import fold

FAMILY = (
    Entry("1.000009", "Cấp giấy phép cấp tỉnh", ("xin phép",), body="tờ khai", family="permit"),
    Entry(
        "1.000002",
        "Cấp giấy phép cấp xã",
        ("xin giấy",),
        ("Xin phép ở đâu?",),
        family="permit",
        flags=frozenset({"full"}),
    ),
    Entry("1.000005", "Đăng ký kết hôn"),
)


@pytest.fixture(scope="module")
def starter() -> list[Entry]:
    """The starter catalogue as search sees it."""
    return entries_of(load_starter()[0])


@pytest.fixture(scope="module")
def index(starter: list[Entry]) -> Index:
    """Its index, just built."""
    return build_index(starter, 1, load_lexicon())


@pytest.fixture(scope="module")
def questions(starter: list[Entry]) -> list[str]:
    """Names, sayings and long questions of every seventh service, every other one without accents; and odd texts."""
    texts = [text for one in starter[::7] for text in (one.name, *one.also_called[:2], *one.questions[:1])]
    written = [fold(text) if number % 2 else text for number, text in enumerate(texts)]
    return [*written, "", "?", "🙂", "x" * 500, "thủ tục gì", "giá vàng hôm nay"]


def test_every_question_is_ranked_the_same_after_storing(index: Index, questions: list[str]) -> None:
    again = Index.from_bytes(index.to_bytes())
    assert len(questions) > 60
    for text in questions:
        ours, theirs = index.features(text), again.features(text)
        assert ours.documents.tolist() == theirs.documents.tolist(), text
        assert np.allclose(ours.matrix, theirs.matrix, atol=1e-6), text
        assert again.rank(text) == index.rank(text), text


def test_what_is_stored_is_read_back_whole(index: Index) -> None:
    again = Index.from_bytes(index.to_bytes())
    for name in ("version", "members", "names", "sayings", "flags", "lexicon_pairs", "weights", "recipe", "identity"):
        assert getattr(again, name) == getattr(index, name), name
    for one in dataclasses.fields(index.titles):
        ours, theirs = getattr(index.titles, one.name), getattr(again.titles, one.name)
        assert np.array_equal(ours, theirs) if isinstance(ours, np.ndarray) else ours == theirs, one.name


def test_storing_what_was_read_gives_the_same_bytes(index: Index) -> None:
    data = index.to_bytes()
    assert Index.from_bytes(data).to_bytes() == data


def test_the_same_entries_in_another_order_give_the_same_index(starter: list[Entry], index: Index) -> None:
    assert build_index(starter[::-1], 1, load_lexicon()).to_bytes() == index.to_bytes()


def test_a_family_is_one_service_for_which_the_best_record_stands() -> None:
    built = build_index(FAMILY, 1)
    assert built.members == (("1.000002", "1.000009"), ("1.000005",))
    assert built.codes == ("1.000002", "1.000005")
    assert built.names[0] == "Cấp giấy phép cấp xã"
    assert set(built.sayings[0]) == {"xin phép", "xin giấy"}
    best = built.rank("cấp giấy phép cấp tỉnh").candidates[0]
    assert (best.code, best.members) == ("1.000002", ("1.000002", "1.000009"))


def test_every_code_of_the_catalogue_belongs_to_exactly_one_service(starter: list[Entry], index: Index) -> None:
    codes = [code for members in index.members for code in members]
    assert sorted(codes) == sorted(entry.code for entry in starter)


def test_a_word_is_rare_by_how_few_services_have_it_anywhere() -> None:
    built = build_index(
        [
            Entry("1.000001", "Đăng ký khai sinh", ("đẻ",), ("Con mới đẻ?",), body="sinh"),
            Entry("1.000002", "Đăng ký kết hôn", body="đẻ khai"),
            Entry("1.000003", "Đăng ký xe"),
        ],
        1,
    )
    assert built.rarity_of("dang") == built.rarity_of("ky") < built.rarity_of("de") == built.rarity_of("khai")
    assert built.rarity_of("khai") < built.rarity_of("sinh") == built.rarity_of("xe") == built.rarity_of("moi")
    assert built.rarity_of("never") == built.rarity.rarest == float(np.median(built.rarity.values))


def test_the_words_of_the_rarity_table_stand_in_order_so_that_every_process_writes_the_same_bytes(index: Index) -> None:
    assert list(index.rarity.words) == sorted(set(index.rarity.words))


def test_the_weights_given_are_those_that_rank() -> None:
    flat = Weights.fitted()
    by_flag = dataclasses.replace(flat, rank={"is_full": 9.0}, sharpness=1.0)
    entries = [Entry("1.000001", "Khai sinh"), Entry("1.000002", "Kết hôn", flags=frozenset({"full"}))]
    ranking = build_index(entries, 1, weights=by_flag).rank("khai sinh")
    assert [one.code for one in ranking.candidates] == ["1.000002", "1.000001"]
    assert ranking.candidates[0].score > 0.99


def test_an_index_of_a_program_with_other_contrasts_is_refused(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    data = index.to_bytes()
    monkeypatch.setattr("nlu.catalogue.index_features.CONTRASTS", {**CONTRASTS, "new": "moi"})
    with pytest.raises(IndexFormatError, match="incomplete"):
        Index.from_bytes(data)
