"""Puts procedures into the agency's lists of the post without writing YAML. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.console.configuring.standing import UNREADABLE, FormError, read_standing
from feedback.file_reading import write_plain
from nlu.catalogue.model import CODE_PATTERN

LISTS = {"available": "Có cung cấp", "excluded": "Loại trừ", "": "Bỏ khỏi danh sách"}
DIRECTIONS = {"both": "Gửi hồ sơ và nhận kết quả", "send": "Gửi hồ sơ", "receive": "Nhận kết quả"}
MOST = 2000
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Listing:
    """What was typed into the form."""

    codes: str
    """Between spaces, commas or lines."""
    into: str
    """One of ``LISTS``."""
    direction: str
    """One of ``DIRECTIONS``."""
    decision: str
    day: str
    note: str = ""


def with_listed(body: str, typed: Listing) -> str:
    """Return a version in which some procedures are listed; everything else stays, comments do not.

    Args:
        body: the YAML so far; empty for none.
        typed: what was asked for.

    Raises:
        FormError: something is missing, no code or day, or what is there cannot be read or stands in the way.
    """
    codes, document = _codes(typed.codes), _document(typed)
    if typed.into not in LISTS or typed.direction not in DIRECTIONS:
        raise FormError("Hãy chọn danh sách và chiều trong các mục có sẵn.")
    kept = _read(body)
    lists = dict(kept.get("lists") or {})
    entries = [dict(one) for one in lists.get("procedures") or []]
    places = {str(one.get("code")): place for place, one in enumerate(entries)}
    for code in codes:
        former = entries[places[code]] if code in places else {"code": code}
        entry = _listed(former, lists, typed, document)
        if code in places:
            entries[places[code]] = entry
        else:
            entries.append(entry)
    lists["procedures"] = [one for one in entries if one.get("available") or one.get("excluded")]
    kept["lists"] = lists
    return write_plain(kept)


def _listed(former: dict[str, Any], lists: dict[str, Any], typed: Listing, document: dict[str, str]) -> dict[str, Any]:
    meant = ["send", "receive"] if typed.direction == "both" else [typed.direction]
    rest = {name: [one for one in former.get(name) or [] if one not in meant] for name in ("available", "excluded")}
    entry = {name: value for name, value in former.items() if name not in rest}
    if not typed.into:
        return entry | {name: left for name, left in rest.items() if left}
    before = {name: str(former.get(name) or lists.get(name) or "") for name in document}
    if any(rest.values()) and before != document:
        raise FormError(
            f"Mã {former['code']} đã có trong danh sách cho chiều còn lại theo văn bản khác; "
            "một mục chỉ ghi một văn bản: hãy chọn cả hai chiều, hoặc ghi văn bản đang có."
        )
    rest[typed.into] = [*rest[typed.into], *meant]
    # The address and note were of the former document.
    gone = {"url", "note"} if before != document else {"note"}
    entry = {name: value for name, value in entry.items() if name not in gone} | document
    entry |= {name: found for name, found in rest.items() if found}
    note = " ".join(typed.note.split())
    return entry | ({"note": note} if note else {})


def _codes(raw: str) -> Sequence[str]:
    codes = [one for one in dict.fromkeys(_BETWEEN.split(raw.strip())) if one]
    if not codes or len(codes) > MOST:
        raise FormError(f"Hãy ghi ít nhất một mã thủ tục, nhiều nhất {MOST} mã, ví dụ 1.001193.")
    wrong = next((one for one in codes if not re.match(CODE_PATTERN, one)), None)
    if wrong:
        raise FormError(f"“{wrong[:40]}” không phải mã thủ tục; ví dụ đúng: 1.001193 hoặc 1.001193.H48.")
    return codes


def _document(typed: Listing) -> dict[str, str]:
    decision = " ".join(typed.decision.split())
    if not decision:
        raise FormError("Hãy ghi văn bản công bố (số, ký hiệu, cơ quan).")
    try:
        return {"decision": decision, "date": date.fromisoformat(typed.day).isoformat()}
    except ValueError as error:
        raise FormError("Hãy chọn ngày của văn bản.") from error


def _read(body: str) -> dict[str, Any]:
    kept = read_standing(body)
    lists = kept.get("lists") or {}
    entries = (lists.get("procedures") or []) if isinstance(lists, dict) else None
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise FormError(UNREADABLE)
    return kept
