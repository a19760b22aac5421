"""A small run of the benchmark of the post."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from benchmarks import postal
from nlu.catalogue.starter import load_starter


def test_every_procedure_is_compared_once_and_prices_of_all_kinds_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postal, "QUOTES", 30)
    procedures = load_starter()[0][:4]

    found = postal.computed(procedures)

    assert {name: len(times) for name, times in found.items()} == {"comparison": 4, "quote": 30}
    assert all(one >= 0 for times in found.values() for one in times)


async def test_a_small_list_is_replaced_and_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postal, "OFFICES", 40)
    monkeypatch.setattr(postal, "IMPORTED", 3)
    monkeypatch.setattr(postal, "LOOKS", 2)

    assert [len(times) for times in (await postal.looked_up()).values()] == [1, 2, 2]


def test_made_up_offices_have_numbers_of_their_own() -> None:
    assert len({one.code for one in postal.made_up(Random(1), 100)}) == 100


def test_a_catalogue_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert postal.main(["--catalogue", str(tmp_path / "none.jsonl")]) == 1
    assert "bench:" in capsys.readouterr().err
