"""A day off or a closure that an administrator adds without writing YAML."""

from __future__ import annotations

from datetime import date

from bot.console.configuring.standing import FormError, read_standing
from feedback.file_reading import write_plain


def with_day_off(body: str, province: str, days: tuple[date, date], source: str) -> str:
    """Return a version of the province's working time with more days off.

    Args:
        body: the YAML so far; empty for none.
        province: code, used where there is none so far.
        days: first and last.
        source: document that orders them.

    Raises:
        FormError: the days are in no order, the source is missing, or what is there cannot be read.
    """
    first, last = days
    if last < first:
        raise FormError("Ngày cuối phải không trước ngày đầu.")
    if not source.strip():
        raise FormError("Hãy ghi văn bản quy định ngày nghỉ (số, ngày, cơ quan).")
    kept = read_standing(body)
    if not kept.get("province") and not province.strip():
        raise FormError("Hãy ghi mã tỉnh, ví dụ H48.")
    kept = {"province": kept.get("province") or province.strip().upper(), **kept}
    added = {"from": first.isoformat(), "to": last.isoformat(), "sure": "own", "source": " ".join(source.split())}
    kept["days_off"] = [*(kept.get("days_off") or []), added]
    return write_plain(kept)
