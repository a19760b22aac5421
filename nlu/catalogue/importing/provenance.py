"""Reads where a portal row comes from and when it stood so, and what the reader must be told about it. Pure."""

from __future__ import annotations

import re
from datetime import date

from nlu.catalogue.importing.cleaning import one_line
from nlu.catalogue.model import Source, base_code

TWO_LEVELS_SINCE = date(2025, 7, 1)
"""The day on which districts ended and local government has two levels (Law 72/2025/QH15)."""

OLD_SOURCE = (
    "Nguồn có từ trước ngày 01/07/2025 (trước khi bỏ cấp huyện và sắp xếp lại bộ, ngành, tỉnh, xã): "
    "tên cơ quan và nơi nộp có thể đã thay đổi."
)
OLD_DA_NANG = "Bản công bố của thành phố Đà Nẵng trước khi sáp nhập tháng 07/2025: nơi khác và hiện nay có thể khác."
ONE_PROVINCE = "Bản công bố của một tỉnh, thành phố: ở nơi khác, cơ quan, thời hạn và phí có thể khác."
ONE_WARD = "Theo hướng dẫn của {place}: ở nơi khác có thể khác."
LOCAL_COPY = "Bản của địa phương có mã {suffix} (mã quốc gia {base}): ở tỉnh, thành phố khác có thể khác."

PORTALS = (
    ("dichvucong.danang.gov.vn", "Cổng Dịch vụ công thành phố Đà Nẵng"),
    ("dichvucong.gov.vn", "Cổng Dịch vụ công quốc gia"),
    ("national portal", "Cổng Dịch vụ công quốc gia"),
    ("portal api", "Cổng Dịch vụ công quốc gia"),
    ("ward hcc centre", "Trung tâm Phục vụ hành chính công cấp xã"),
)
"""How sources are recognised, and what they are called to the reader; the first match counts."""

LISTING = "Bản sao danh mục thủ tục hành chính"
FILE_MARKS = (".csv", ".xlsx", ".json", ".pdf")

_DAY = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_YEAR_TO_MONTH = re.compile(r"(?<![\d/])(\d{4})\s*[-–]\s*(?:\d{1,2}/)?\d{4}(?!\d)")
_MONTH = re.compile(r"(?<![\d/])(\d{1,2})(?:\s*[-–]\s*\d{1,2})?/(\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")


def read_as_of(source: str) -> str:
    """Return when the source stood so, as ISO year, month or day; of a span its beginning; empty when unknown."""
    for pattern in (_DAY, _ISO):
        found = pattern.search(source)
        if found:
            year, month, day = (int(part) for part in (found.groups() if pattern is _ISO else found.groups()[::-1]))
            try:
                return date(year, month, day).isoformat()
            except ValueError:
                return ""
    span = _YEAR_TO_MONTH.search(source)
    if span:
        return span[1]
    month_found = _MONTH.search(source)
    if month_found and 1 <= int(month_found[1]) <= 12:
        return f"{month_found[2]}-{int(month_found[1]):02d}"
    year_found = _YEAR.search(source)
    return year_found[1] if year_found else ""


def read_source(source: str, url: str | None) -> Source:
    """Name the source for the reader: the portal and when it was copied."""
    text = one_line(source)
    clues = f"{text} {url or ''}".lower()
    portal = next((name for clue, name in PORTALS if clue in clues), "")
    when = _when(text)
    if portal:
        return Source(name=f"{portal}, bản chụp {when}" if when else portal)
    if any(mark in text.lower() for mark in FILE_MARKS):
        # The name of a file tells the reader nothing.
        return Source(name=f"{LISTING}, {when}" if when else LISTING)
    return Source(name=text)


def _when(text: str) -> str:
    """Return the source's own words for its date ("06-07/2026")."""
    for pattern in (_DAY, _ISO, re.compile(r"\d{4}\s*[-–]\s*\d{1,2}/\d{4}"), _MONTH, _YEAR):
        found = pattern.search(text)
        if found:
            return found[0]
    return ""


def caveats_for(code: str, scope: str, as_of: str) -> tuple[str, ...]:
    """Return what the reader must be told about a record of this code, area and age."""
    found: list[str] = []
    if _first_day(as_of) < TWO_LEVELS_SINCE:
        found.append(OLD_SOURCE)
    area = scope.lower()
    if "đà nẵng" in area:
        found.append(OLD_DA_NANG)
    elif "provincial" in area:
        found.append(ONE_PROVINCE)
    elif area and area != "national":
        found.append(ONE_WARD.format(place=scope))
    base = base_code(code)
    if base != code:
        found.append(LOCAL_COPY.format(suffix=code.rsplit(".", 1)[-1], base=base))
    return tuple(found)


def _first_day(as_of: str) -> date:
    year, month, day = (*[int(part) for part in as_of.split("-")], 1, 1)[:3]
    return date(year, month, day)
