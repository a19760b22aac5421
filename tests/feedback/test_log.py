from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.log import START, Entry, Fault, digest, faults
from feedback.record import Status
from feedback.transitions import Action
from tests.feedback.records import NOW


def entry(seq: int = 1, previous: bytes = START, **changed: object) -> Entry:
    """An entry as it is written."""
    values: dict[str, object] = {
        "record": 7,
        "at": NOW,
        "actor": "tiepnhan",
        "unit": "H48.1",
        "action": Action.TAKE,
        "from_status": Status.RECEIVED,
        "to_status": Status.IN_REVIEW,
        "from_unit": "H48.1",
        "to_unit": "H48.12",
        "note_digest": digest(b"salted"),
    }
    return Entry(seq, previous=previous, **(values | changed)).bound()  # type: ignore[arg-type]


def chain(count: int) -> list[Entry]:
    """A whole log."""
    entries: list[Entry] = []
    for seq in range(1, count + 1):
        entries.append(entry(seq, entries[-1].hash if entries else START))
    return entries


def test_the_chain_is_the_one_that_is_written_down_everywhere() -> None:
    # Whoever proves an old log must find the same: this changes only together with a note on how to read old ones.
    assert bytes(32) == START
    assert entry().hash.hex() == EXPECTED
    assert entry(actor="tiếp nhận").hash.hex() == ACCENTED
    assert digest(b"a") == hashlib.sha256(b"a").digest()
    assert Entry(**{name: value for name, value in vars(entry()).items() if name != "hash"}).hash == b""


EXPECTED = "2c0ff40918f33f0902bb1b9fbc55003f1115a839fb53541401984e53c1f32d87"
ACCENTED = "b413a290f3e944e43475293887df933983d01c22a2adbe5844ff21929026e90a"


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_whole_log_has_no_fault(count: int) -> None:
    assert list(faults(chain(count))) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"record": 8},
        {"at": NOW + timedelta(microseconds=1)},
        {"actor": "x"},
        {"unit": "x"},
        {"action": Action.HOLD},
        {"from_status": None},
        {"to_status": Status.MERGED},
        {"from_unit": "x"},
        {"to_unit": "x"},
        {"note_digest": bytes(32)},
    ],
)
def test_whatever_is_changed_shows(changed: dict[str, object]) -> None:
    entries = chain(3)
    entries[1] = replace(entries[1], **changed)  # type: ignore[arg-type]
    assert list(faults(entries)) == [Fault(2, "was changed after it was written")]


def test_a_changed_entry_with_a_new_hash_no_longer_binds_the_next() -> None:
    entries = chain(3)
    entries[1] = replace(entries[1], actor="x").bound()
    assert list(faults(entries)) == [Fault(3, "is not bound to the entry before it")]


def test_missing_entries_show_and_what_follows_is_read_on() -> None:
    entries = chain(6)
    del entries[1:4]
    assert list(faults(entries)) == [
        Fault(2, "entries 2 to 4 are missing"),
        Fault(5, "is not bound to the entry before it"),
    ]


def test_an_added_entry_shows() -> None:
    entries = chain(2)
    assert [fault.seq for fault in faults([*entries, entries[1]])] == [3, 2]


def test_a_log_is_read_on_from_where_it_was_left() -> None:
    entries = chain(4)
    assert list(faults(entries[2:], entries[1].hash, 3)) == []
    assert [fault.what for fault in faults(entries[2:])] == [
        "entries 1 to 2 are missing",
        "is not bound to the entry before it",
    ]


def test_the_moment_counts_and_not_the_zone_in_which_it_was_read() -> None:
    here = NOW.astimezone(timezone(timedelta(hours=7)))
    assert entry(at=here).hash == entry().hash


@given(st.text(), st.text())
def test_two_entries_with_other_words_never_have_one_hash(one: str, other: str) -> None:
    same = entry(actor=one).hash == entry(actor=other).hash
    assert same is (one == other)
    assert entry(actor="a", unit="b" + one).hash != entry(actor="ab", unit=one).hash
