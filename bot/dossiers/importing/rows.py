"""Turns one row of a file into what it says about one dossier. Pure."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from bot.dossiers.agencies import office_code
from bot.dossiers.facts import e164, identity
from bot.dossiers.importing.errors import RowRejectedError
from bot.dossiers.importing.parts import read_slips, read_steps
from bot.dossiers.importing.values import CellError, amount, moment, text, texts
from bot.dossiers.importing.words import Words, plain
from bot.dossiers.record import ApplicantKind, Record, Status
from feedback.working_time.loading import WorkingTime
from feedback.working_time.zone import here
from nlu.codes import CodeError, CodeFault, DossierCode, parse_dossier_code, parse_procedure_code

Given = Mapping[str, Any]
"""Cells by the official names of their fields; a field that is missing is one that the file does not know."""
LONGEST_CODE = 64
SKEW = timedelta(days=1)
"""How far ahead something that has happened may lie: clocks differ."""

_TEXTS = {"TenTTHC": "procedure_name", "BuocTiepTheo": "next_step", "NoiTraKetQua": "collect_at"}
_PAST = {"NgayNop": "filed_at", "NgayTiepNhan": "received_at", "NgayKetThucXuLy": "ended_at"}
_OWNER = {"ChuHoSo": "name", "SoDienThoai": "phone", "SoDinhDanh": "identity"}
_CODE_FAULTS = {
    CodeFault.NOT_A_CODE: "không phải là mã hồ sơ",
    CodeFault.IMPOSSIBLE_DATE: "ngày trong mã hồ sơ không có thật",
    CodeFault.UNIT_MISSING: "mã hồ sơ thiếu mã đơn vị",
}


@dataclass(frozen=True)
class Told:
    """What one row says about a dossier."""

    line: int
    code: str
    fields: Mapping[str, Any]
    """Fields of ``Record``."""
    owner: Mapping[str, str]
    """Fields of ``Owner``."""
    doubts: tuple[tuple[str, str], ...] = ()
    """Fields that are kept although something is wrong with them, each with the reason."""

    def onto(self, before: Record | None) -> Record:
        """Return the dossier: what the file does not know stays as it was."""
        base = before or Record(self.code, Status.UNKNOWN)
        return replace(base, owner=replace(base.owner, **self.owner), **self.fields)


@dataclass(frozen=True)
class RowReader:
    """Reads rows."""

    words: Words
    time: WorkingTime
    as_of: datetime
    """When the file was made: nothing in it has happened later."""
    _closings: dict[int, Callable[[date], datetime]] = dataclasses.field(default_factory=dict, compare=False)
    """When offices close, by which hours they have."""

    def read(self, line: int, given: Given) -> Told:
        """Read a row.

        Raises:
            RowRejectedError: it cannot be kept.
        """
        code = self._code(given)
        reading, due = _Reading(given), self.due(code)
        doubts: list[tuple[str, str]] = []
        fields = self._state(reading, doubts) | self._kinds(reading, doubts) | self._procedure(reading, doubts)
        for name, field in _TEXTS.items():
            fields |= reading.take(name, field, text)
        for name, field in _PAST.items():
            fields |= reading.take(name, field, self._past)
        fields |= reading.take("NgayHenTra", "due_at", due)
        fields |= reading.take("GiayToThieu", "missing", texts)
        fields |= reading.take("PhiPhaiNop", "fee_due", amount)
        fields |= reading.take("QuaTrinhXuLy", "steps", lambda value: read_steps(value, self.words, due))
        fields |= reading.take("Phieu", "slips", lambda value: read_slips(value, self.words, due))
        fields |= _unit(reading)
        owner = _owner(reading, doubts)
        return Told(line, code.text, fields | {"sample": False}, owner, tuple(doubts))

    def due(self, code: DossierCode) -> Callable[[object], datetime | None]:
        """Return what reads by when something is due at a dossier's unit: a day alone ends when its office closes."""
        hours = self.time.hours(office_code(code))
        closing = self._closings.get(id(hours))
        if closing is None:
            # Many dossiers are due on one day at offices with the same hours.
            closing = self._closings[id(hours)] = lru_cache(maxsize=4096)(hours.closing)
        return lambda value: moment(value, closing)

    def _code(self, given: Given) -> DossierCode:
        code = read_code(given.get("MaHoSo"))
        if code.is_after(here(self.as_of).date() + SKEW):
            raise RowRejectedError("MaHoSo", "ngày trong mã hồ sơ ở tương lai")
        return code

    def _past(self, value: object) -> datetime | None:
        found = moment(value)
        if found is not None and found > self.as_of + SKEW:
            raise CellError("ngày ở tương lai")
        return found

    def _state(self, reading: _Reading, doubts: list[tuple[str, str]]) -> dict[str, Any]:
        written = reading.one("TrangThai", text) or ""
        if not written:
            raise RowRejectedError("TrangThai", "thiếu trạng thái")
        status = self.words.states.get(plain(written))
        if status is None:
            doubts.append(("TrangThai", "trạng thái chưa có trong bảng chuyển đổi (--states)"))
        return {"status": status or Status.UNKNOWN, "vendor_status": "" if status else written[:100]}

    def _kinds(self, reading: _Reading, doubts: list[tuple[str, str]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, field, table, absent in (
            ("LoaiDoiTuong", "applicant", self.words.applicants, ApplicantKind.CITIZEN),
            ("KenhThucHien", "channel", self.words.channels, 0),
        ):
            for key, written in reading.take(name, field, text).items():
                found[key] = table.get(plain(written), absent)
                if written and plain(written) not in table:
                    doubts.append((name, "giá trị lạ"))
        return found

    def _procedure(self, reading: _Reading, doubts: list[tuple[str, str]]) -> dict[str, Any]:
        found = reading.take("MaTTHC", "procedure_code", _procedure_code)
        if found.get("procedure_code") and parse_procedure_code(found["procedure_code"]) is None:
            doubts.append(("MaTTHC", "không phải là mã TTHC"))
            return {"procedure_code": ""}
        return found


@dataclass(frozen=True)
class _Reading:
    """The cells of one row, read with the name of the field in every complaint."""

    given: Given

    def one(self, name: str, read: Callable[[object], Any]) -> Any:
        """Read a cell; ``None`` where the file does not know the field."""
        if name not in self.given:
            return None
        try:
            return read(self.given[name])
        except CellError as error:
            raise RowRejectedError(name, str(error)) from error

    def take(self, name: str, field: str, read: Callable[[object], Any]) -> dict[str, Any]:
        """Read a cell as a field of the record; nothing where the file does not know it."""
        return {field: self.one(name, read)} if name in self.given else {}


def read_code(value: object) -> DossierCode:
    """Read the code of a dossier.

    Raises:
        RowRejectedError: it is none.
    """
    try:
        code = parse_dossier_code(text(value, LONGEST_CODE + 36))
    except CodeError as error:
        raise RowRejectedError("MaHoSo", _CODE_FAULTS[error.fault]) from error
    except CellError as error:
        raise RowRejectedError("MaHoSo", str(error)) from error
    if len(code.text) > LONGEST_CODE:
        raise RowRejectedError("MaHoSo", _CODE_FAULTS[CodeFault.NOT_A_CODE])
    return code


def _unit(reading: _Reading) -> dict[str, Any]:
    for name in ("DonViTiepNhan", "MaDonViTiepNhan"):
        found = reading.take(name, "unit", text)
        if found.get("unit"):
            return found
    return {"unit": ""} if {"DonViTiepNhan", "MaDonViTiepNhan"} & set(reading.given) else {}


def _owner(reading: _Reading, doubts: list[tuple[str, str]]) -> dict[str, str]:
    owner: dict[str, str] = {}
    for name, field in _OWNER.items():
        owner |= reading.take(name, field, lambda value: text(value, 200))
    for name, field, usable in (("SoDienThoai", "phone", e164), ("SoDinhDanh", "identity", identity)):
        if owner.get(field) and usable(owner[field]) is None:
            doubts.append((name, "không dùng được để xác minh người nộp"))
    return owner


def _procedure_code(value: object) -> str:
    written = f"{value:.6f}" if isinstance(value, float) else text(value, 60)
    # A spreadsheet took the code for a number and dropped the zeros at its end.
    if re.fullmatch(r"\d\.\d{1,5}", written):
        written = written.ljust(8, "0")
    code = parse_procedure_code(written)
    return code.base if code else written
