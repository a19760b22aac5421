"""The origin of a report tells other inputs apart, and neither dates nor folders."""

from __future__ import annotations

from pathlib import Path

from bot.evaluation.origin import STARTER, origin_of


def test_names_and_hashes_are_told_but_no_folders(tmp_path: Path) -> None:
    one, two = tmp_path / "q.jsonl", tmp_path / "c.jsonl"
    one.write_text("a")
    two.write_text("b")
    origin = origin_of(two, [one], "nlu-1.tar.gz")
    assert origin.questions == ("q.jsonl (ca978112ca1bbdca)",)
    assert origin.catalogue == "c.jsonl (3e23e8160039594a)"
    assert str(tmp_path) not in str(origin)
    one.write_text("c")
    assert origin_of(two, [one], "nlu-1.tar.gz") != origin


def test_without_a_file_the_catalogue_is_the_starter_one() -> None:
    assert origin_of(None, [], "m").catalogue.startswith(STARTER)
