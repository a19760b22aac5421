"""Lists of words: runs of words are found whole, an entry may stand in two lists, and what counts is bounded."""

from __future__ import annotations

from pathlib import Path

from nlu.word_lists import WordLists, pairs


def lists(folder: Path) -> WordLists:
    path = folder / "words.yml"
    path.write_text('when: "bao lau, may ngay"\nlong: "lau, bao lau"\nday: "# ngay"\n', "utf-8")
    return WordLists.read(path)


def test_runs_of_words_are_found_in_every_list_that_has_them(tmp_path: Path) -> None:
    assert lists(tmp_path).listed(["gui", "bao", "lau", "toi"], 3) == {"when": 1, "long": 2}
    assert lists(tmp_path).listed(["sau", "#", "ngay"], 3) == {"day": 1}
    assert lists(tmp_path).listed(["bao", "gio"], 3) == {}


def test_more_entries_of_a_list_count_no_more_than_the_most(tmp_path: Path) -> None:
    assert lists(tmp_path).listed(["bao", "lau", "may", "ngay"], 1) == {"when": 1, "long": 1}


def test_two_lists_make_a_pair_whatever_their_order() -> None:
    assert pairs(["b", "a", "c"]) == {"a&b", "a&c", "b&c"}
    assert pairs(["a"]) == set()
