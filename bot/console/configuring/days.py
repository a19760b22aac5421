"""A day off or a closure that an administrator adds without writing YAML."""

from __future__ import annotations

from datetime import date
from typing import Any

from feedback.file_reading import UnreadableFileError, read_plain, write_plain


class DaysError(ValueError):
    """A day cannot be added; the message says why, in Vietnamese."""


def with_day_off(body: str, province: str, days: tuple[date, date], source: str) -> str:
    """Return a version of the province's working time with more days off.

    Args:
        body: the YAML so far; empty for none.
        province: code, used where there is none so far.
        days: first and last.
        source: document that orders them.

    Raises:
        DaysError: the days are in no order, the source is missing, or what is there cannot be read.
    """
    first, last = days
    if last < first:
        raise DaysError("Ngày cuối phải không trước ngày đầu.")
    if not source.strip():
        raise DaysError("Hãy ghi văn bản quy định ngày nghỉ (số, ngày, cơ quan).")
    try:
        kept: Any = read_plain(body) or {}
    except UnreadableFileError as error:
        raise DaysError("Thiết lập hiện tại không đọc được; hãy sửa ở khung bên dưới trước.") from error
    if not isinstance(kept, dict):
        raise DaysError("Thiết lập hiện tại không đọc được; hãy sửa ở khung bên dưới trước.")
    if not kept.get("province") and not province.strip():
        raise DaysError("Hãy ghi mã tỉnh, ví dụ H48.")
    kept = {"province": kept.get("province") or province.strip().upper(), **kept}
    added = {"from": first.isoformat(), "to": last.isoformat(), "sure": "own", "source": " ".join(source.split())}
    kept["days_off"] = [*(kept.get("days_off") or []), added]
    return write_plain(kept)
