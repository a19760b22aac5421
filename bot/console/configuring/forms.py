"""The settings that change most as fields of a form, which write the same YAML. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.configuration.kinds import Kind
from bot.console.configuring.standing import UNREADABLE, FormError, read_standing
from feedback.file_reading import write_plain
from feedback.office import IntakeWay
from feedback.working_time.shapes import WEEKDAYS

_HOUR = re.compile(r"\b(\d{1,2})(?:[hg:](\d{2})?)(?!\d)")
_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class Field:
    """A field; its name is the place in the YAML, or one of a part that is written as a whole."""

    name: str
    label: str
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()


_CHECKED = "ngày đối chiếu, ví dụ 2026-11-26"
_PERSON = (
    Field("place", "Nơi gặp cán bộ", "ví dụ Trung tâm Phục vụ hành chính công"),
    Field("hours", "Giờ tiếp", "như người dân đọc: 7h30–11h30, 13h30–17h00, thứ Hai đến thứ Sáu"),
    Field("phone", "Điện thoại"),
    Field("source", "Nguồn", "nơi công bố giờ và điện thoại"),
    Field("checked", "Đối chiếu ngày", "ví dụ 26/11/2026"),
)
_WAYS = (
    (IntakeWay.TRIAL.value, "Dùng thử: không tiếp nhận thật"),
    (IntakeWay.PUBLISHED_ADDRESS.value, "Địa chỉ tiếp nhận đã công bố bằng quyết định"),
    (IntakeWay.FORWARD_TO.value, "Chuyển phiếu đến thư điện tử đã công bố"),
)
_FEEDBACK = (
    Field("name", "Tên cơ quan"),
    Field("intake", "Cách tiếp nhận", choices=_WAYS),
    Field("decision", "Quyết định công bố tài khoản", "khi tiếp nhận theo quyết định: số, ngày, cơ quan"),
    Field("forward_to", "Thư điện tử nhận phiếu", "khi chuyển phiếu"),
    Field("receiving", "Đơn vị tiếp nhận"),
    Field("unit.code", "Mã đơn vị mới", "để trống nếu không thêm; đơn vị mới sẽ là đơn vị tiếp nhận"),
    Field("unit.name", "Tên đơn vị mới"),
    Field("unit.email", "Thư điện tử của đơn vị mới", "để nhận nhắc hạn"),
    Field("privacy.controller", "Cơ quan chịu trách nhiệm về dữ liệu"),
    Field("privacy.contact", "Liên hệ về dữ liệu"),
    Field("privacy.servers", "Dữ liệu lưu ở đâu", "như người dân đọc"),
    Field("privacy.retention", "Lưu bao lâu", "như người dân đọc"),
    Field("doors.address", "Địa chỉ tiếp nhận trực tiếp"),
    Field("doors.phone", "Số điện thoại chuyên dùng"),
    Field("doors.email", "Thư điện tử công bố"),
    Field("doors.hours", "Giờ tiếp nhận"),
    Field("doors.source", "Nơi công bố"),
    Field("doors.checked", "Đối chiếu ngày", _CHECKED),
)
_HOURS = (
    Field("province", "Mã tỉnh", "ví dụ H48"),
    Field("office.name", "Mã cơ quan", "ví dụ H48.30; gồm cả các đơn vị trực thuộc chưa có giờ riêng"),
    *(Field(f"office.{day}", said, "ví dụ 7h30-11h30, 13h30-17h00") for day, said in zip(WEEKDAYS, _DAYS, strict=True)),
    Field("office.source", "Theo văn bản"),
)
FORMS: Mapping[Kind, Sequence[Field]] = {
    Kind.PERSON: _PERSON,
    Kind.FEEDBACK: _FEEDBACK,
    Kind.WORKING_TIME: _HOURS,
}
TITLES: Mapping[Kind, str] = {
    Kind.PERSON: "Nơi, giờ và điện thoại",
    Kind.FEEDBACK: "Cách tiếp nhận và đơn vị tiếp nhận",
    Kind.WORKING_TIME: "Giờ làm việc của một cơ quan",
}


def fields_of(kind: Kind, body: str) -> Sequence[tuple[Field, str]]:
    """Return the fields of a kind with what stands in a version; none for a kind without a form, or what cannot be read."""
    try:
        kept = _read(body)
    except FormError:
        return ()
    # On one line, as browsers would make it without a space between.
    return [(_offering(one, kept), _line(_value(one.name, kept))) for one in FORMS.get(kind, ())]


def with_fields(kind: Kind, body: str, typed: Mapping[str, str]) -> str:
    """Return a version with what was typed into the form; everything that has no field stays, comments do not.

    Args:
        kind: of the version.
        body: the YAML so far; empty for none.
        typed: by the names of the fields.

    Raises:
        FormError: what is there cannot be read.
    """
    kept = _read(body)
    for one in FORMS[kind]:
        words, before = _line(typed.get(one.name, "")), _line(_value(one.name, kept))
        if words != before and not one.name.startswith(("office.", "unit.", "receiving")):
            _put(kept, one.name.split("."), words)
    if kind is Kind.FEEDBACK:
        _put_receiving(kept, typed)
    if kind is Kind.WORKING_TIME and _given(typed, "office."):
        _put_hours(kept, typed)
    return write_plain(kept) if kept else ""


def _read(body: str) -> dict[str, Any]:
    kept = read_standing(body)
    if not all(isinstance(one, dict) for one in (*_list(kept, "units"), *_list(kept, "offices"))):
        raise FormError(UNREADABLE)
    return kept


def _list(kept: Mapping[str, Any], name: str) -> list[Any]:
    found = kept.get(name)
    return list(found) if isinstance(found, list) else []


def _offering(field: Field, kept: Mapping[str, Any]) -> Field:
    if field.name != "receiving":
        return field
    units = [(str(one.get("code", "")), str(one.get("name", ""))) for one in _list(kept, "units")]
    return Field(field.name, field.label, field.hint, units or (("", "Chưa có đơn vị nào"),))


def _value(name: str, kept: Mapping[str, Any]) -> str:
    if name == "receiving":
        return next((str(one.get("code", "")) for one in _list(kept, "units") if one.get("receives") is True), "")
    if name.startswith("unit."):
        return ""
    if name.startswith("office."):
        office: Mapping[str, Any] = next(iter(_list(kept, "offices")), {})
        part = name.partition(".")[2]
        sessions = office.get("sessions")
        found: Any = sessions.get(part) if part in WEEKDAYS and isinstance(sessions, dict) else office.get(part)
        return ", ".join(map(str, found)) if isinstance(found, list) else str(found or "")
    found = kept
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return str(found) if isinstance(found, str) else ""


def _line(words: str) -> str:
    return " ".join(words.split())


def _put(kept: dict[str, Any], path: Sequence[str], value: str) -> None:
    first, *rest = path
    if not rest:
        if value:
            kept[first] = value
        else:
            kept.pop(first, None)
        return
    inner = kept.get(first)
    inner = dict(inner) if isinstance(inner, dict) else {}
    _put(inner, rest, value)
    if inner:
        kept[first] = inner
    else:
        kept.pop(first, None)


def _put_receiving(kept: dict[str, Any], typed: Mapping[str, str]) -> None:
    """Let the unit that is chosen receive and no other, or a new one."""
    units, code = [dict(one) for one in _list(kept, "units")], typed.get("unit.code", "")
    if _given(typed, "unit."):
        added = {"code": code, "name": typed.get("unit.name", ""), "email": typed.get("unit.email", "")}
        units.append({name: value for name, value in added.items() if value or name != "email"})
    receiving = code or typed.get("receiving", "")
    # Several may receive, one after the other: they stay as they are while nobody chooses another one.
    for one in units if receiving and receiving != _value("receiving", kept) else ():
        one.pop("receives", None)
        if str(one.get("code")) == receiving:
            one["receives"] = True
    if units:
        kept["units"] = units


def _given(typed: Mapping[str, str], begins: str) -> bool:
    return any(value for name, value in typed.items() if name.startswith(begins))


def _put_hours(kept: dict[str, Any], typed: Mapping[str, str]) -> None:
    """Write the week of one office in the place of its former one."""
    name = typed.get("office.name", "").upper()
    week = {day: _sessions(typed.get(f"office.{day}", "")) for day in WEEKDAYS}
    sessions = {day: spans for day, spans in week.items() if spans}
    office = {"name": name, "source": typed.get("office.source", ""), "sure": "own", "sessions": sessions}
    others = _list(kept, "offices")
    places = [place for place, one in enumerate(others) if one.get("name") == name]
    if places:
        former = others[places[0]]
        if former.get("source") == office["source"]:
            office["sure"] = former.get("sure", "own")
        others[places[0]] = office
    else:
        others.insert(0, office)
    kept["offices"] = others


def _sessions(typed: str) -> list[str]:
    """Return sessions as files have them: ``7h30–11h`` is ``07:30-11:00``."""
    plain = _HOUR.sub(lambda one: f"{int(one[1]):02}:{one[2] or '00'}", typed)
    return [re.sub(r"\s*[-–—]\s*", "-", part.strip()) for part in re.split("[,;]", plain) if part.strip()]
