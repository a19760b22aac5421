"""Reads the filing methods (cách thức thực hiện) of a portal row with their times and fees. Pure."""

from __future__ import annotations

import re
from datetime import date

from nlu.catalogue.importing.cleaning import capped, said_once
from nlu.catalogue.importing.fees import council_line, read_fee
from nlu.catalogue.importing.row import Row
from nlu.catalogue.importing.times import read_time, read_time_text
from nlu.catalogue.model import Fee, FilingMethod, FilingWay, TimeLimit
from nlu.text import fold

GLUED = "cổng để các con số dính vào nhau nên không chắc"
NAMED_ONLY = "cách thức nộp đọc từ đoạn văn, nguồn không kê riêng"

_WAYS = (
    (re.compile(r"buu (?:chinh|dien)"), FilingWay.POST),
    (re.compile(r"truc tuyen|online|qua mang"), FilingWay.ONLINE),
    (re.compile(r"truc tiep"), FilingWay.COUNTER),
)
_HEADING = re.compile(
    r"^(?:Trực tiếp|Trực tuyến|Dịch vụ bưu chính|Qua bưu điện|Dịch vụ bưu chính công ích)$", re.MULTILINE
)
_TIME_TAIL = re.compile(r"\s*Mức trực tuyến\s*:.*$", re.DOTALL)
_BY_CHANNEL = re.compile(r"(?:^|;)\s*(Trực tiếp|Trực tuyến|Dịch vụ bưu chính|Qua bưu điện)\s*:\s*")


def read_methods(row: Row, today: date) -> tuple[FilingMethod, ...]:
    """Read the ways of filing; what is doubtful about them is noted on the row."""
    channels = row.rows("channels", "channel")
    if not channels:
        return _from_prose(row)
    times, fees = _by_channel(row.text("time_limit")), _by_channel(row.text("fees"))
    methods: list[FilingMethod] = []
    for channel in channels:
        method = _method(row, channel, times, fees, today)
        if method is not None and method not in methods:
            methods.append(method)
    return tuple(methods)


def _method(row: Row, channel: Row, times: dict[str, str], fees: dict[str, str], today: date) -> FilingMethod | None:
    name = channel.line("channel")
    way = _way(name)
    if way is None:
        row.doubt("methods", [f"không nhận ra cách thức “{capped(name, 40)}” nên bị bỏ qua"])
        return None
    field = f"methods.{way.value}"
    note = capped(said_once(channel.text("note")))
    if channel.flag("ambiguous"):
        row.doubt(f"{field}.time", [GLUED])
        row.doubt(f"{field}.fee", [GLUED])
        return FilingMethod(way=way, note=note)
    # A row that only names the channel has its time and fee in the columns of the whole procedure.
    alone = not (channel.text("time_text") or channel.text("fee") or channel.text("fee_note"))
    words = channel.text("time_text") or (_for(times, name) if alone else "")
    cell = channel.text("fee") or (_for(fees, name) if alone else "")
    time, doubt = read_time(channel.number("time_value"), channel.line("time_unit"), words)
    remark = channel.text("fee_note") or ("" if cell else council_line(note))
    fee, doubts = read_fee(cell, remark, today)
    row.doubt(f"{field}.time", [doubt])
    row.doubt(f"{field}.fee", doubts)
    return FilingMethod(way=way, time=time, fee=fee, note=note)


def _way(name: str) -> FilingWay | None:
    folded = fold(name)
    return next((way for pattern, way in _WAYS if pattern.search(folded)), None)


def _by_channel(text: str) -> dict[str, str]:
    """Split "Trực tiếp: 5 Ngày; Trực tuyến: 3 Ngày" by channel; a text without channels stands under an empty name."""
    parts = _BY_CHANNEL.split(text)
    if len(parts) == 1:
        return {"": text.strip()}
    return {name: value.strip() for name, value in zip(parts[1::2], parts[2::2], strict=True)}


def _for(values: dict[str, str], name: str) -> str:
    return values.get(name, values.get("", ""))


def _from_prose(row: Row) -> tuple[FilingMethod, ...]:
    """Read a row that has one text instead of a list of channels; only the ways that it names are sure."""
    prose = row.text("channels_text")
    time, doubt = read_time_text(said_once(_TIME_TAIL.sub("", row.text("time_limit"))))
    row.doubt("methods.time", [doubt])
    if not prose:
        return ()
    row.doubt("methods", [NAMED_ONLY])
    headings = _HEADING.findall(prose)
    if headings:
        return _under_headings(prose, headings, time)
    note = capped(said_once(prose))
    folded = fold(prose)
    ways = [way for pattern, way in reversed(_WAYS) if pattern.search(folded)]
    return tuple(
        FilingMethod(way=way, time=time, fee=Fee(), note=note if number == 0 else "") for number, way in enumerate(ways)
    )


def _under_headings(prose: str, headings: list[str], time: TimeLimit) -> tuple[FilingMethod, ...]:
    found: dict[FilingWay, FilingMethod] = {}
    for heading, text in zip(headings, _HEADING.split(prose)[1:], strict=True):
        way = _way(heading)
        if way is not None:
            found.setdefault(way, FilingMethod(way=way, time=time, note=capped(said_once(text))))
    return tuple(found.values())
