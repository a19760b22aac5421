"""Reads a file of post offices as the operator has it: old or new places, any of the usual names of columns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.dossiers.importing.errors import DossierFileError
from bot.dossiers.importing.reading import Progress, RawRow, read_rows
from bot.dossiers.importing.values import CellError, text
from bot.dossiers.importing.words import plain
from bot.postal.errors import PostalFileError
from bot.postal.geography import VIETNAM, kilometres, lies_within
from bot.postal.office import PostOffice
from bot.postal.office_tables import (
    ADDRESS_LENGTH,
    CODE_LENGTH,
    HOURS_LENGTH,
    NAME_LENGTH,
    PHONE_LENGTH,
)
from bot.postal.ports import ReadsPlaces
from nlu.catalogue.importing.findings import Finding, Severity
from nlu.places.place import Outcome, PlaceReading

_CALLED: Mapping[str, tuple[str, ...]] = {
    "code": ("Mã bưu cục", "Mã", "Mã bưu chính", "Số hiệu", "postcode", "id bưu cục"),
    "name": ("Tên bưu cục", "Tên", "Bưu cục", "Điểm phục vụ", "Tên điểm phục vụ"),
    "address": ("Địa chỉ", "detailAddress", "Địa chỉ chi tiết"),
    "province": ("Tỉnh", "Tỉnh/thành phố", "Tỉnh thành", "city"),
    "district": ("Huyện", "Quận/huyện", "Quận huyện"),
    "ward": ("Xã", "Phường/xã", "Xã/phường", "Phường xã", "Xã phường", "commune"),
    "phone": ("Điện thoại", "Số điện thoại", "SĐT", "tel"),
    "hours": ("Giờ mở cửa", "Giờ làm việc", "Thời gian phục vụ", "opening hours"),
    "latitude": ("Vĩ độ", "lat"),
    "longitude": ("Kinh độ", "lng", "lon"),
}
_NAMES = {plain(word): name for name, words in _CALLED.items() for word in (name, *words)}
_REQUIRED = ("code", "name")
MOST = 50_000
"""Rows of a file; the country has some 13,000 offices."""
NEIGHBOURS_KILOMETRES = 15.0
"""Communes farther apart only bear the same name."""
LARGEST_JSON = 64 * 1024 * 1024


@dataclass
class OfficeReading:
    """Reads one file; what is wrong or unclear about a row is kept beside."""

    places: ReadsPlaces
    source: str
    as_of: str
    findings: list[Finding] = field(default_factory=list)
    rows: int = 0

    def read(self, path: Path, progress: Progress) -> list[PostOffice]:
        """Return the offices of a file, each number once.

        Raises:
            PostalFileError: it cannot be read as a whole; nothing of it is to be kept then.
        """
        found: dict[str, PostOffice] = {}
        for row in _rows(path, progress):
            self.rows += 1
            if self.rows > MOST:
                raise PostalFileError(f"{path.name}: quá {MOST} dòng, không phải danh sách bưu cục")
            office = self._office(path.name, row)
            if office is None:
                continue
            if office.code in found:
                self._find(path.name, row.line, office.code, Severity.DUPLICATE, "code", "mã đã có ở một dòng trên")
            found.setdefault(office.code, office)
        if not found:
            raise PostalFileError(f"{path.name}: không có dòng nào dùng được; danh sách đang có được giữ nguyên")
        return list(found.values())

    def _office(self, file: str, row: RawRow) -> PostOffice | None:
        try:
            cells = {name: text(value) for name, value in row.given.items()}
        except CellError as error:
            cells, row = {}, RawRow(row.line, {}, str(error))
        code, name = cells.get("code", ""), cells.get("name", "")
        fault = row.fault or ("" if code else "thiếu mã bưu cục") or ("" if name else "thiếu tên")
        if fault or len(code) > CODE_LENGTH:
            self._find(file, row.line, code[:CODE_LENGTH], Severity.REJECTED, "row", fault or "mã dài quá 20 ký tự")
            return None
        place = self._place(file, row.line, cells)
        point = self._point(file, row.line, cells)
        latitude, longitude = point or _middle(place) or (None, None)
        return PostOffice(
            code=code,
            name=name[:NAME_LENGTH],
            address=_address(cells, place)[:ADDRESS_LENGTH],
            commune=place.commune.code if place.outcome is Outcome.COMMUNE and place.commune else "",
            province=place.province.code if place.province else "",
            phone=_phone(cells.get("phone", ""))[:PHONE_LENGTH],
            hours=cells.get("hours", "")[:HOURS_LENGTH],
            latitude=latitude,
            longitude=longitude,
            exact=point is not None,
            as_of=self.as_of,
            source=self.source,
        )

    def _place(self, file: str, line: int, cells: Mapping[str, str]) -> PlaceReading:
        """Return what the row's place comes to; where that is no one commune of today, it is reported."""
        named = ", ".join(filter(None, (cells.get(name, "") for name in ("ward", "district", "province"))))
        address = cells.get("address", "")
        reading = self.places.read(named or address)
        if not _sure(reading) and named and address:
            longer = self.places.read(f"{address}, {named}")
            reading = longer if _sure(longer) else reading
        if not _sure(reading):
            self._find(
                file, line, cells.get("code", ""), Severity.DOUBTFUL, "place", _unclear(reading, named or address)
            )
        return reading

    def _point(self, file: str, line: int, cells: Mapping[str, str]) -> tuple[float, float] | None:
        given = cells.get("latitude", ""), cells.get("longitude", "")
        if not any(given):
            return None
        try:
            latitude, longitude = (float(part.replace(",", ".")) for part in given)
        except ValueError:
            latitude = longitude = float("nan")
        if lies_within((latitude, longitude), VIETNAM):
            return latitude, longitude
        reason = "tọa độ không nằm ở Việt Nam hoặc không phải số; đã bỏ qua tọa độ"
        self._find(file, line, cells.get("code", ""), Severity.DOUBTFUL, "latitude", reason)
        return None

    def _find(self, file: str, line: int, code: str, severity: Severity, column: str, reason: str) -> None:
        self.findings.append(Finding(file, line, code, severity, column, reason))


def _sure(reading: PlaceReading) -> bool:
    return reading.outcome is Outcome.COMMUNE


def _middle(place: PlaceReading) -> tuple[float, float] | None:
    """Return the middle of the commune, or of the neighbours that an old commune or district became."""
    meant = (place.commune,) if _sure(place) else place.candidates
    points = [
        (one.latitude, one.longitude) for one in meant if one and one.latitude is not None and one.longitude is not None
    ]
    if not points or any(kilometres(points[0], one) > NEIGHBOURS_KILOMETRES for one in points):
        return None
    return sum(one[0] for one in points) / len(points), sum(one[1] for one in points) / len(points)


def _unclear(reading: PlaceReading, named: str) -> str:
    if reading.outcome is Outcome.SEVERAL:
        return f"“{named}” có thể là nhiều xã, phường hiện nay; để trống xã"
    if reading.outcome is Outcome.PROVINCE:
        return f"“{named}”: chỉ rõ tỉnh, không rõ xã, phường"
    return f"“{named}”: không rõ ở tỉnh nào"


def _address(cells: Mapping[str, str], place: PlaceReading) -> str:
    """Return the address with today's place behind it, unless it names that itself; districts are gone."""
    address, ward = cells.get("address", ""), cells.get("ward", "")
    if _sure(place) and place.commune:
        commune, province = place.commune.name, place.commune.province.name
        parts = ["" if plain(ward) in plain(commune) else ward, commune, province]
    else:
        parts = [ward, cells.get("district", ""), cells.get("province", "")]
    named = plain(address)
    return ", ".join(filter(None, (address, *dict.fromkeys(part for part in parts if plain(part) not in named))))


def _phone(written: str) -> str:
    """Return a number as it is dialled: spreadsheets drop the first nought."""
    return f"0{written}" if re.fullmatch(r"[1-9]\d{8,9}", written) else written


def _rows(path: Path, progress: Progress) -> Iterator[RawRow]:
    try:
        if path.name.lower().endswith(".json"):
            yield from _json_rows(path)
        else:
            yield from read_rows(path, _NAMES, _REQUIRED, progress)
    except DossierFileError as error:
        raise PostalFileError(str(error)) from error


def _json_rows(path: Path) -> Iterator[RawRow]:
    try:
        if path.stat().st_size > LARGEST_JSON:
            raise PostalFileError(f"{path.name} lớn quá {LARGEST_JSON // 1024 // 1024} MB")
        rows: Any = json.loads(path.read_bytes())
    except OSError as error:
        raise PostalFileError(f"không mở được {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise PostalFileError(f"{path.name} không phải JSON: {error}") from error
    if not isinstance(rows, list):
        raise PostalFileError(f"{path.name}: phải là một danh sách [...] các bưu cục")
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            given = {_NAMES[plain(str(name))]: value for name, value in row.items() if plain(str(name)) in _NAMES}
            yield RawRow(number, given)
        else:
            yield RawRow(number, {}, "không phải một bưu cục {...}")
