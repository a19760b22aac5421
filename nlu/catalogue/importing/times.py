"""Reads the time limits (thời hạn giải quyết) of portal rows. Pure.

A number without a unit is unknown, never days: the portal prints "1" for birth registration, which is due the same day.
"""

from __future__ import annotations

import re

from nlu.catalogue.importing.cleaning import capped, clean
from nlu.catalogue.model import TimeLimit, TimeUnit
from nlu.text import fold

UNITS = {
    "gio": TimeUnit.HOUR,
    "ngay lam viec": TimeUnit.WORKING_DAY,
    "ngay": TimeUnit.DAY,
    "thang": TimeUnit.MONTH,
    "nam": TimeUnit.YEAR,
}
"""Units as the portal writes them, folded."""

LONGEST = {
    TimeUnit.HOUR: 2000,
    TimeUnit.WORKING_DAY: 700,
    TimeUnit.DAY: 1000,
    TimeUnit.MONTH: 60,
    TimeUnit.YEAR: 10,
}
"""Longest believable limit in each unit; more is two numbers glued together."""

NOTHING_SAID = frozenset(("", "khong", "khong xac dinh", "theo mo ta", "khong co", "-", "chua quy dinh"))
"""Texts that say nothing about the time; "không quy định" does say something and is kept."""

_WHOLE = re.compile(
    r"(?:khong qua|toi da|trong(?: vong| thoi han)?|thoi han|la|:|\s)*(\d+(?:[.,]\d+)?)\s*(?:\([^)]*\)\s*)?"
    r"(gio lam viec|gio|ngay lam viec|ngay lich|ngay|thang|nam)\s*[.;]?"
)


def read_time(value: float | None, unit: str, text: str) -> tuple[TimeLimit, str]:
    """Read one time limit.

    Args:
        value: the number in the row, if any.
        unit: its unit as printed; may be empty.
        text: the limit in words, which counts when there is no number.

    Returns:
        The limit, and why it is doubtful; the reason is empty when it is not.
    """
    words = clean(text)
    if value is not None:
        return _from_number(value, UNITS.get(fold(" ".join(unit.split()))), words)
    return read_time_text(words)


def read_time_text(words: str) -> tuple[TimeLimit, str]:
    """Read a limit that is given in words alone; the reason says why it is doubtful."""
    folded = fold(" ".join(words.split())).strip(" .;")
    if folded in NOTHING_SAID:
        return TimeLimit(), ""
    found = _WHOLE.fullmatch(folded)
    if found:
        name = found[2].removesuffix(" lich")
        unit = UNITS["gio" if name.startswith("gio") else name]
        return _from_number(float(found[1].replace(",", ".")), unit, words)
    if re.fullmatch(r"[\d\s.,/-]+", folded):
        return TimeLimit(), f"thời hạn ghi “{words}”, không có đơn vị"
    return TimeLimit(text=capped(words)), ""


def _from_number(value: float, unit: TimeUnit | None, words: str) -> tuple[TimeLimit, str]:
    shown = f"{value:g}"
    if unit is None:
        return TimeLimit(), f"thời hạn ghi “{shown}”, không có đơn vị"
    if value <= 0:
        return TimeLimit(), f"thời hạn bằng {shown}: có thể là chưa nhập"
    if value > LONGEST[unit]:
        return TimeLimit(), f"thời hạn “{words or shown}” dài bất thường: có thể là số bị dính nhau"
    return TimeLimit(amount=value, unit=unit), ""
