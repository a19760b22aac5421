"""Turning a row into what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.dossiers.importing.errors import RowRejectedError
from bot.dossiers.importing.rows import RowReader
from bot.dossiers.importing.words import load_words
from bot.dossiers.record import ApplicantKind, Owner, Slip, SlipKind, Status, Step
from feedback.working_time.hours import OfficeHours
from feedback.working_time.loading import load_working_time
from feedback.working_time.zone import VIETNAM
from tests.bot.dossiers.records import BASE, CODE, record
from tests.bot.messages import NOW

READER = RowReader(load_words(), load_working_time(), NOW)
LEAST = {"MaHoSo": CODE, "TrangThai": "Đang xử lý"}


def read(**cells: Any) -> Any:
    return READER.read(2, {**LEAST, **cells})


def test_every_field_finds_its_place() -> None:
    told = read(
        MaTTHC="1.001193.000.00.00.H48",
        TenTTHC="Đăng ký khai sinh",
        ChuHoSo="Nguyễn Văn Mẫu",
        LoaiDoiTuong="Hộ kinh doanh",
        DonViTiepNhan="Trung tâm Mẫu",
        MaDonViTiepNhan="H48.16",
        NgayNop="15/11/2026 20:00",
        NgayTiepNhan="16/11/2026 08:00",
        NgayHenTra="30/11/2026",
        NgayKetThucXuLy="",
        KenhThucHien=2,
        SoDienThoai="0100000123",
        SoDinhDanh="000200001234",
        BuocTiepTheo="chờ ký",
        GiayToThieu="Ảnh; Đơn",
        PhiPhaiNop="50.000",
        NoiTraKetQua="Quầy 3",
        QuaTrinhXuLy=[{"PhongBanXuLy": "Tư pháp", "NguoiXuLy": "Ông Mẫu", "NgayBatDau": "16/11/2026", "TrangThai": 4}],
        Phieu=[{"LoaiPhieu": "Phiếu xin lỗi", "NgayLap": "20/11/2026", "NgayHenMoi": "02/12/2026", "LyDo": "chờ"}],
    )
    assert told.doubts == ()
    found = told.onto(None)
    assert found.procedure_code == "1.001193"
    assert found.applicant is ApplicantKind.HOUSEHOLD_BUSINESS
    assert found.owner == Owner("Nguyễn Văn Mẫu", "0100000123", "000200001234")
    assert (found.unit, found.channel, found.fee_due, found.missing) == ("Trung tâm Mẫu", 2, 50_000, ("Ảnh", "Đơn"))
    assert found.received_at == datetime(2026, 11, 16, 1, tzinfo=UTC)
    assert found.due_at == load_working_time().hours("H48").closing(date(2026, 11, 30))
    assert found.ended_at is None
    assert found.steps == (Step("Tư pháp", officer="Ông Mẫu", started_at=datetime(2026, 11, 16, tzinfo=VIETNAM)),)
    assert [(slip.kind, slip.reason) for slip in found.slips] == [(SlipKind.APOLOGY, "chờ")]
    assert found.appointment == load_working_time().hours("H48").closing(date(2026, 12, 2))


def test_an_appointment_ends_by_the_hours_of_the_very_office_whichever_way_its_code_is_written() -> None:
    time = load_working_time()
    usual = time.hours()
    mornings = {weekday: sessions[:1] for weekday, sessions in usual.week.sessions.items()}
    own = OfficeHours(usual.calendar, replace(usual.week, name="H48.16", sessions=mornings))
    reader = replace(READER, time=replace(time, offices={**time.offices, "H48.16": own}))
    for code in ("000.00.16.H48-261116-0012", "H48.16-261116-0012"):
        told = reader.read(2, {"MaHoSo": code, "TrangThai": "4", "NgayHenTra": "30/11/2026"})
        assert told.fields["due_at"] == own.closing(date(2026, 11, 30)) != usual.closing(date(2026, 11, 30))


def test_what_the_file_does_not_know_stays_as_it_was() -> None:
    found = read(TrangThai="9", SoDienThoai="0100000999").onto(BASE)
    assert found == record(status=Status.DONE, owner=replace(BASE.owner, phone="0100000999"))


def test_an_empty_cell_of_a_known_column_empties_the_field() -> None:
    before = record(fee_due=5, missing=("Ảnh",), slips=(Slip(SlipKind.RECEIPT, date(2026, 11, 16)),))
    found = read(PhiPhaiNop="", GiayToThieu="", Phieu=[], DonViTiepNhan="").onto(before)
    assert (found.fee_due, found.missing, found.slips, found.unit) == (None, (), (), "")


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ({"MaHoSo": "Nguyễn Văn A 0912"}, "MaHoSo", "không phải"),
        ({"MaHoSo": None}, "MaHoSo", "không phải"),
        ({"MaHoSo": ["x"]}, "MaHoSo", "chữ"),
        ({"MaHoSo": "261116-0012"}, "MaHoSo", "thiếu mã đơn vị"),
        ({"MaHoSo": "000.00.16.H48-261131-0012"}, "MaHoSo", "không có thật"),
        ({"MaHoSo": "000.00.16.H48-271116-0012"}, "MaHoSo", "tương lai"),
        ({"TrangThai": ""}, "TrangThai", "thiếu"),
        ({"NgayHenTra": "mai"}, "NgayHenTra", "không phải là ngày"),
        ({"NgayTiepNhan": "01/01/2027"}, "NgayTiepNhan", "tương lai"),
        ({"PhiPhaiNop": "nhiều"}, "PhiPhaiNop", "số tiền"),
        ({"QuaTrinhXuLy": "x"}, "QuaTrinhXuLy", "danh sách"),
        ({"QuaTrinhXuLy": [{"NgayBatDau": "x"}]}, "QuaTrinhXuLy", "ngày"),
        ({"Phieu": [{"LoaiPhieu": "04", "NgayLap": "20/11/2026"}]}, "Phieu", "phiếu"),
        ({"ChuHoSo": {"a": 1}}, "ChuHoSo", "chữ"),
    ],
)
def test_a_row_that_cannot_be_kept_says_which_field_and_why(cells: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(RowRejectedError) as caught:
        read(**cells)
    assert caught.value.field == field
    assert reason in caught.value.reason


def test_what_is_doubtful_is_kept_and_named() -> None:
    told = read(
        TrangThai="Chờ ký số", LoaiDoiTuong="?", KenhThucHien="bồ câu", MaTTHC="abc", SoDienThoai="12", SoDinhDanh="x"
    )
    assert [name for name, _ in told.doubts] == [
        "TrangThai",
        "LoaiDoiTuong",
        "KenhThucHien",
        "MaTTHC",
        "SoDienThoai",
        "SoDinhDanh",
    ]
    found = told.onto(None)
    assert (found.status, found.vendor_status, found.procedure_code) == (Status.UNKNOWN, "Chờ ký số", "")


@pytest.mark.parametrize(("cell", "code"), [(1.00117, "1.001170"), ("1.00117", "1.001170"), ("1.001193", "1.001193")])
def test_a_procedure_code_that_a_spreadsheet_took_for_a_number_gets_its_zeros_back(cell: object, code: str) -> None:
    assert read(MaTTHC=cell).fields["procedure_code"] == code
