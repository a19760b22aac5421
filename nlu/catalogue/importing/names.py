"""Finds rows whose name was probably overwritten by another procedure's. Pure.

On the portal's copies whole records were saved over others: one name then stands under codes of a ministry that has
nothing to do with the field. A name shared by several codes is normal (levels, renumbering); a publisher that appears
in the field only through such a shared name is not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from nlu.catalogue.model import Procedure, base_code
from nlu.text import fold

SHORTEST = 30
"""Folded characters. Short names ("Cấp lại giấy phép") are shared by many ministries in good faith."""

LEAST_OTHERS = 3
"""Rows of the field outside the shared name that are needed to know whose field it is."""

OVERWRITTEN = (
    "tên này còn đứng dưới mã khác và lĩnh vực không phải của cơ quan công bố: có thể bị ghi đè bởi thủ tục khác"
)


@dataclass(frozen=True)
class _Seen:
    code: str
    name: str
    field: str
    publisher: str


class NameWatch:
    """Sees every record of an import and then names the suspicious ones."""

    def __init__(self) -> None:
        self._seen: list[_Seen] = []

    def see(self, procedure: Procedure) -> None:
        """Take note of a record."""
        self._seen.append(
            _Seen(procedure.code, _key(procedure.name), _owner(procedure.field), _owner(procedure.published_by))
        )

    def suspicious(self) -> Mapping[str, str]:
        """Return the reason for each code whose name is probably another procedure's."""
        by_name: defaultdict[str, list[_Seen]] = defaultdict(list)
        fields: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for seen in self._seen:
            by_name[seen.name].append(seen)
            if seen.publisher:
                fields[seen.field][seen.publisher] += 1
        found: dict[str, str] = {}
        for name, group in by_name.items():
            if len(name) >= SHORTEST and len({base_code(seen.code) for seen in group}) > 1:
                found.update((seen.code, OVERWRITTEN) for seen in group if _stranger(seen, group, fields[seen.field]))
        return found


def _stranger(seen: _Seen, group: list[_Seen], field: Counter[str]) -> bool:
    """Whether the publisher has nothing in the field besides the rows that share this name."""
    if not seen.publisher or not seen.field:
        return False
    others = field - Counter(one.publisher for one in group if one.field == seen.field)
    return others.total() >= LEAST_OTHERS and not others[seen.publisher]


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _owner(text: str) -> str:
    """Compare fields and ministries without the remark in parentheses ("Bộ xây dựng (Giao thông vận tải cũ)")."""
    return _key(re.sub(r"\(.*", "", text))
