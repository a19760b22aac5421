"""The measurement of feedback under crashes runs, and finds nothing lost."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from benchmarks.feedback_load import measure, told
from benchmarks.feedback_sending import Told, read_journal, submission
from benchmarks.feedback_state import check


async def test_a_small_load_with_kills_loses_nothing(tmp_path: Path) -> None:
    found = await measure(f"sqlite:///{tmp_path / 'm.sqlite3'}", "sqlite", 40, 4, 2, tmp_path)
    assert found.state.sound
    assert (found.state.records, found.state.highest, found.state.entries) == (40, 40, 40)
    assert "lost 0, twice 0" in "\n".join(told([found]))


async def test_what_is_lost_is_counted(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'm.sqlite3'}"
    found = await measure(url, "sqlite", 4, 2, 0, tmp_path)
    never = Told(9, 9, "PA-2222-2222", 1, True, 0, 0, 0, False)
    state = await check(url, 5, [*read_journal(tmp_path / "journal-0.jsonl"), never])
    assert found.state.sound
    assert (state.lost, state.told_otherwise, state.sound) == (3, 1, False)


def test_a_torn_last_line_of_the_journal_was_told_to_nobody(tmp_path: Path) -> None:
    one = Told(0, 1, "PA-2222-2222", 1, True, 1.0, 2.0, 0, False)
    journal = tmp_path / "j"
    journal.write_bytes(msgspec.json.encode(one) + b'\n[0,2,"PA-')
    assert list(read_journal(journal)) == [one]


@pytest.mark.parametrize("place", [0, 3])
def test_a_retry_hands_in_the_same_with_the_same_receipt(place: int) -> None:
    first, again = submission(1, place), submission(1, place)
    assert (first.receipt, first.matter, first.where) == (again.receipt, again.matter, again.where)
    assert submission(2, place).receipt != first.receipt
