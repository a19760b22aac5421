"""What the agency published of the post: which procedures it is available or excluded for. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.postal.errors import PostalFileError
from bot.postal.option import Possibility, Standing, Why
from bot.postal.shapes import AgencyListShape, Direction, EntryShape
from feedback.file_faults import TOLD, FileFault
from nlu.catalogue.model import base_code


@dataclass(frozen=True)
class Listed:
    """One entry, with what it inherits from its list."""

    code: str
    available: tuple[Direction, ...]
    excluded: tuple[Direction, ...]
    source: str
    as_of: str
    """ISO date."""
    url: str
    note: str

    def possibility(self, direction: Direction) -> Possibility | None:
        """Return what the list says of a direction; ``None`` for nothing."""
        if direction in self.available:
            return Possibility(Standing.ALLOWED, Why.AGENCY_LIST, self.source, self.as_of, self.note)
        if direction in self.excluded:
            return Possibility(Standing.REFUSED, Why.AGENCY_LIST, self.source, self.as_of, self.note)
        return None


class AgencyList:
    """The entries, found by code."""

    def __init__(self, entries: Iterable[Listed] = ()) -> None:
        self._entries = {entry.code: entry for entry in entries}
        copies = Counter(map(base_code, self._entries))
        self._only = {base_code(code): one for code, one in self._entries.items() if copies[base_code(code)] == 1}

    def entry(self, code: str) -> Listed | None:
        """Return the entry of a procedure.

        An entry under a code's national part holds for all of the code's provincial copies; one under a provincial copy
        holds for the national record too, where it is the only one, but never for another province's copy.
        """
        national = base_code(code)
        return (
            self._entries.get(code)
            or self._entries.get(national)
            or (self._only.get(code) if code == national else None)
        )

    def __iter__(self) -> Iterator[Listed]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)


def listed(shape: AgencyListShape) -> AgencyList:
    """Return the agency's lists.

    Raises:
        PostalFileError: an entry contradicts itself, stands twice, says nothing, or names no document or day.
    """
    seen: dict[str, Listed] = {}
    for number, entry in enumerate(shape.procedures, start=1):
        where = f"lists.procedures mục thứ {number} ({entry.code})"
        if entry.code in seen:
            raise _wrong(entry, f"{where}: mã này đã có ở trên; gộp thành một mục")
        if set(entry.available) & set(entry.excluded):
            raise _wrong(entry, f"{where}: cùng một chiều vừa có trong available vừa có trong excluded")
        if not entry.available and not entry.excluded:
            raise _wrong(entry, f"{where}: ghi send hoặc receive vào available hoặc excluded")
        seen[entry.code] = _inherited(where, entry, shape)
    return AgencyList(seen.values())


def _inherited(where: str, entry: EntryShape, shape: AgencyListShape) -> Listed:
    source, day = entry.decision or shape.decision, entry.published or shape.published
    if not source or day is None:
        raise _wrong(
            entry, f"{where}: thiếu decision (văn bản công bố) hoặc date (ngày); ghi ở mục này hoặc ở đầu lists"
        )
    return Listed(
        entry.code, entry.available, entry.excluded, source, day.isoformat(), entry.url or shape.url, entry.note
    )


def _wrong(entry: EntryShape, said: str) -> PostalFileError:
    return PostalFileError(said, [FileFault(TOLD, said, entry.code)])
