"""The words of a text as the border reads them: folded, shorthand written out, numbers alike."""

from __future__ import annotations

import pytest

from nlu.border.words import LONGEST, WORDS, accented, pieces, plain, runs, said
from nlu.text import MAX_LENGTH


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Cán bộ quát dân!", ["can", "bo", "quat", "dan", "|"]),
        ("cb hành ng dân", ["can", "bo", "hanh", "nguoi", "dan"]),
        ("nộp 500k cho qđ số 12", ["nop", "#", "k", "cho", "quyet", "dinh", "so", "#"]),
        ("chậm, lâu; sao vậy?", ["cham", "lau", "|", "sao", "vay", "?"]),
        ("tui rep r", ["toi", "tra", "loi", "roi"]),
        ("", []),
    ],
)
def test_words_are_folded_shorthand_is_written_out_and_numbers_are_alike(text: str, words: list[str]) -> None:
    assert said(text) == words


def test_the_same_is_read_with_and_without_accents() -> None:
    assert said("Đòi hối lộ") == said("doi hoi lo")


def test_a_text_is_read_to_a_length_and_never_cut_within_a_word_where_it_has_spaces() -> None:
    text = "đường hỏng " * 1000
    kept = plain(text)
    assert len(kept) <= LONGEST
    assert set(kept.split()) <= {"đường", "hỏng", "đườn", "đườ", "đư", "đ", "hỏn", "hỏ", "h"}
    assert kept.split()[: MAX_LENGTH // 6] == ["đường", "hỏng"] * (MAX_LENGTH // 12)


def test_a_word_longer_than_what_is_read_at_once_is_parted() -> None:
    assert len(plain("x" * (2 * MAX_LENGTH + 5)).replace(" ", "")) == 2 * MAX_LENGTH + 5


def test_broken_letters_are_dropped() -> None:
    assert plain("chậm\ud800 quá") == "chậm quá"


def test_accents_count_only_where_somebody_typed_them() -> None:
    assert accented("hoi lo") == set()
    assert accented("đòi tien") == {"'đòi", "'đòi tien"}


def test_runs_are_of_one_to_three_words_and_know_beginning_and_end() -> None:
    assert runs(["cham", "qua"]) == {"cham", "qua", "^ cham", "cham qua", "qua $", "^ cham qua", "cham qua $"}
    assert max(len(run.split()) for run in runs(["a", "b", "c", "d", "e"])) == WORDS


def test_a_number_or_an_end_of_a_sentence_alone_is_no_run() -> None:
    found = runs(["nop", "#", "|"])
    assert not {"#", "|", "^", "$"} & found
    assert {"nop #", "# |", "nop # |"} <= found


def test_a_word_with_a_slip_shares_letters_with_the_right_one() -> None:
    assert pieces(["phong"]) == {
        "~<ph",
        "~pho",
        "~hon",
        "~ong",
        "~ng>",
        "~<pho",
        "~phon",
        "~hong",
        "~ong>",
        "~<phon",
        "~phong",
        "~hong>",
    }
    assert len(pieces(["phong"]) & pieces(["phongg"])) > 5
    assert pieces([]) == set()
