"""From an answer to a record: what cannot be true is refused, whatever the answer is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dossiers.ports import SourceDownError
from bot.dossiers.record import ApplicantKind, Record, SlipKind, Status
from bot.dossiers.sources.errors import NonsenseError
from bot.dossiers.sources.reading import Reader, at
from bot.dossiers.sources.shapes import AnswerShape
from feedback.working_time.loading import load_working_time
from tests.bot.dossiers.sources.conftest import CODE, closing, code, mapping

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)


def reader(**changes: Any) -> Reader:
    shape = msgspec.convert({**mapping()["answer"], **changes}, AnswerShape)
    return Reader(shape, closing, lambda: NOW)


def answer(**fields: Any) -> dict[str, Any]:
    return {"maLoi": 0, "duLieu": {"maHoSo": CODE, "trangThai": "processing", **fields}}


def record(**fields: Any) -> Record:
    found = reader().read(code(), answer(**fields))
    assert found is not None
    return found


def test_a_path_leads_through_objects_and_lists() -> None:
    assert at({"a": [{"b": 1}]}, "a.0.b") == 1
    assert at({"a": [{"b": 1}]}, "a.1.b") is None
    assert at({"a": 1}, "") == {"a": 1}


@pytest.mark.parametrize("state", ["weird", None, 7.5, True, {"ten": "x"}, ""])
def test_an_unknown_state_is_unknown_and_its_word_is_kept(state: object) -> None:
    found = record(trangThai=state)
    assert found.status is Status.UNKNOWN
    assert found.vendor_status == (state if isinstance(state, str) else "")


@pytest.mark.parametrize(("state", "status"), [(" Processing ", 4), ("RELEASING", 9), (10, 10), ("10", 10)])
def test_a_known_state_is_known_however_it_is_written(state: object, status: int) -> None:
    assert record(trangThai=state).status == status


@pytest.mark.parametrize("said", ["H48.16-261120-0002", "", None, 5, "H48.16-261120-00011", ["x"]])
def test_another_code_is_refused(said: object) -> None:
    with pytest.raises(NonsenseError, match="another dossier"):
        reader().read(code(), answer(maHoSo=said))


def test_the_same_code_written_otherwise_is_the_same() -> None:
    assert record(maHoSo="h48.16 - 261120 - 0001").code == CODE


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("30/11/2026 16:30", datetime(2026, 11, 30, 9, 30, tzinfo=UTC)),
        ("30/11/2026", datetime(2026, 11, 30, 10, 0, tzinfo=UTC)),
        ("2026-11-30", datetime(2026, 11, 30, 10, 0, tzinfo=UTC)),
        ("2026-11-30T09:30:00Z", datetime(2026, 11, 30, 9, 30, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_an_appointment_without_its_hour_ends_with_the_office(written: object, due: datetime | None) -> None:
    assert record(ngayHenTra=written).due_at == due


@pytest.mark.parametrize("written", ["30/02/2026", "soon", 20261130, True, "30/11/2099", "01/01/1999", [], "9" * 400])
def test_a_date_that_cannot_be_is_refused(written: object) -> None:
    with pytest.raises(NonsenseError):
        record(ngayHenTra=written)


def test_an_appointment_in_a_year_without_a_calendar_is_refused_like_any_other_nonsense() -> None:
    shape = msgspec.convert(mapping()["answer"], AnswerShape)
    with pytest.raises(NonsenseError, match="due_at"):
        Reader(shape, load_working_time().hours().closing, lambda: NOW).read(code(), answer(ngayHenTra="31/12/2012"))


def test_what_happened_lies_not_ahead_and_the_end_not_before_the_beginning() -> None:
    with pytest.raises(NonsenseError, match="received_at"):
        record(ngayTiepNhan="30/11/2026")
    with pytest.raises(NonsenseError, match="before it was received"):
        record(ngayTiepNhan="20/11/2026", ngayKetThuc="10/11/2026")


@pytest.mark.parametrize(("form", "written"), [("epoch", 1795996800), ("epoch_ms", "1795996800000")])
def test_moments_may_be_numbers(form: str, written: object) -> None:
    found = reader(dates=(form,)).read(code(), answer(ngayHenTra=written))
    assert found is not None
    assert found.due_at == datetime.fromtimestamp(1795996800, UTC)


@pytest.mark.parametrize("fee", ["abc", -1, 1.5, [], 10**13])
def test_a_fee_that_is_none_is_refused(fee: object) -> None:
    with pytest.raises(NonsenseError):
        record(lePhi=fee)


def test_nothing_to_pay_is_no_fee() -> None:
    assert record(lePhi=0).fee_due is None


def test_slips_of_unknown_kinds_are_left_out() -> None:
    found = record(
        phieu=[
            {"loai": "Xin-Loi", "ngay": "25/11/2026", "so": "12/PXL", "henLai": "04/12/2026"},
            {"loai": "khac", "ngay": "25/11/2026"},
        ]
    )
    (slip,) = found.slips
    assert (slip.kind, slip.issued_on, slip.number) == (SlipKind.APOLOGY, date(2026, 11, 25), "12/PXL")
    assert found.appointment == datetime(2026, 12, 4, 10, 0, tzinfo=UTC)


def test_texts_lose_what_cannot_be_seen_and_what_is_too_long() -> None:
    assert record(donVi="A\u202e\x00B").unit == "AB"
    assert len(record(donVi="x" * 5000).unit) == 1000
    with pytest.raises(NonsenseError):
        record(donVi={"ten": "x"})


def test_an_unknown_kind_of_applicant_is_a_citizen() -> None:
    assert record(loaiDoiTuong=9).applicant is ApplicantKind.CITIZEN
    assert record(loaiDoiTuong="1").applicant is ApplicantKind.ENTERPRISE


@pytest.mark.parametrize("said", [{"maLoi": 404}, {"maLoi": 404, "duLieu": None}])
def test_a_miss_is_what_the_mapping_says(said: object) -> None:
    assert reader().read(code(), said) is None


def test_an_empty_list_may_be_a_miss() -> None:
    listed = reader(record="ds.0", not_found={"empty": "ds"}, fine=None)
    assert listed.read(code(), {"ds": []}) is None
    with pytest.raises(SourceDownError):
        listed.read(code(), {})


@pytest.mark.parametrize("said", [{}, [], None, "x", 7, {"maLoi": False}, {"maLoi": 0}, {"maLoi": 0, "duLieu": []}])
def test_what_is_neither_a_dossier_nor_a_miss_is_a_fault(said: object) -> None:
    with pytest.raises(SourceDownError):
        reader().read(code(), said)


WORDS = st.text("abĐ09/:.- \x00", max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("maHoSo", "trangThai", "chuHoSo", "loaiDoiTuong", "donVi", "ngayTiepNhan", "ngayHenTra", "tienTrinh", "phieu")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys((*FIELDS, "lePhi", "thieu"), JSON)))
def test_whatever_a_field_holds_there_is_a_record_of_this_code_or_a_refusal(fields: dict[str, Any]) -> None:
    try:
        found = reader().read(code(), answer(**fields))
    except SourceDownError:
        return
    assert found is not None
    assert found.code == CODE
    assert found.due_at is None or found.due_at < NOW + timedelta(days=8000)


@given(JSON)
def test_whatever_is_answered_nothing_but_our_own_error_is_raised(said: object) -> None:
    with pytest.raises(SourceDownError):
        reader().read(code(), said)
