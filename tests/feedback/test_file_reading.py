"""Files that people write: numbers and days stay text until a field asks for one; a fault has its line and what is expected."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from feedback.file_reading import UnreadableFileError, line_of, read_plain, read_shape


class Room(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    phone: str = ""
    checked: date | None = None
    seats: int = 0
    open: bool = False


class House(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rooms: tuple[Room, ...]


def test_a_telephone_keeps_its_first_zero_and_fields_get_what_they_ask_for() -> None:
    text = "rooms:\n- {phone: 02373852222, checked: 2026-11-26, seats: 12, open: yes}\n- {phone: 1e5}\n- {checked: }\n"
    assert read_shape(text, House).rooms == (
        Room("02373852222", date(2026, 11, 26), 12, open=True),
        Room("1e5"),
        Room(),
    )
    assert read_plain("a: 07:30\nb: 2026-11-26\nc: 010\nd: .5") == {
        "a": "07:30",
        "b": "2026-11-26",
        "c": "010",
        "d": ".5",
    }


@pytest.mark.parametrize(
    ("text", "key", "line", "place", "found"),
    [
        ("rooms:\n- phone: 1\n- seats: mười\n", "shape.type", 3, "rooms[2].seats", "mười"),
        ("rooms:\n- phone: 1\n  ghế: 1\n", "shape.unknown", 3, "rooms[1]", "ghế"),
        ("rooms:\n- checked: 2026-02-30\n", "shape.day", 2, "rooms[1].checked", "2026-02-30"),
        ("{}", "shape.missing", 1, "", "rooms"),
        ("", "shape.missing", 0, "", "rooms"),
        ("rooms: [\n", "yaml", 2, "", ""),
        ("rooms: !!timestamp 2026-02-30", "yaml", 0, "", ""),
    ],
)
def test_a_fault_says_where_it_is(text: str, key: str, line: int, place: str, found: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_shape(text, House)
    fault = caught.value.fault
    assert (fault.key, fault.line, fault.values.get("place", ""), fault.found) == (key, line, place, found)


def test_of_what_is_given_twice_the_second_line_is_named() -> None:
    assert line_of("a: x\nb:\n- x\n- y\n", "x") == 3
    assert line_of("a: x", "z") == 0
    assert line_of("a: [", "a") == 0
