"""One raw row of an import file: reads its fields, whatever their types, and gathers what is doubtful about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from nlu.catalogue.importing.cleaning import clean, one_line
from nlu.catalogue.model import Doubt

SHORTENED = "[…]"
"""Mark that a source leaves where it cut a text short."""


class RowRejectedError(Exception):
    """The row cannot become a procedure; ``field`` and ``reason`` say why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class Row:
    """A raw row; unreadable optional fields count as empty and leave a doubt."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self.doubts: list[Doubt] = []

    def doubt(self, field: str, reasons: Iterable[str]) -> None:
        """Note what is doubtful about a field; the same thing is noted once."""
        for reason in reasons:
            found = Doubt(field=field, reason=reason)
            if reason and found not in self.doubts:
                self.doubts.append(found)

    def text(self, key: str) -> str:
        """Return a field as cleaned text; lines stay."""
        value = self._raw.get(key)
        if value is None:
            return ""
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            text = clean(str(value))
            if SHORTENED in text:
                self.doubt(key, ["nguồn đã rút gọn nội dung này"])
            return text
        self.doubt(key, ["không phải là chữ nên bị bỏ qua"])
        return ""

    def line(self, key: str) -> str:
        """Return a field as cleaned text on one line."""
        return one_line(self.text(key))

    def items(self, key: str) -> list[Any]:
        """Return a list field; a lone text is split at semicolons."""
        value = self._raw.get(key)
        if value is None or value == "":
            return []
        if isinstance(value, str):
            return [part for part in re.split(r"\s*;\s*", clean(value)) if part]
        if isinstance(value, list):
            return value
        self.doubt(key, ["không phải là danh sách nên bị bỏ qua"])
        return []

    def rows(self, key: str, name: str) -> list[Row]:
        """Return a list of inner rows; a text in the list stands for a row that has only ``name``."""
        found: list[Row] = []
        for item in self.items(key):
            if isinstance(item, Mapping):
                found.append(Row(item))
            elif isinstance(item, str):
                found.append(Row({name: item}))
            else:
                self.doubt(key, ["có mục không đọc được nên bị bỏ qua"])
        return found

    def number(self, key: str) -> float | None:
        """Return a number, also one written as text; ``None`` when there is none."""
        value = self._raw.get(key)
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, (int, float)):
            return float(value)
        try:
            return float(str(value).strip().replace(",", "."))
        except ValueError:
            return None

    def whole(self, key: str) -> int | None:
        """Return a whole number, or ``None``."""
        number = self.number(key)
        # NaN and infinities are numbers to Python's JSON readers of other people.
        return int(number) if number is not None and abs(number) < 1e9 and number == int(number) else None

    def flag(self, key: str) -> bool:
        """Return whether a field says yes."""
        return self._raw.get(key) in (True, 1, "1", "true", "True", "TRUE", "có", "x")
