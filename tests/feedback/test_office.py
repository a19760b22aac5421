from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from feedback.actor import Actor, Role
from feedback.office import IntakeWay, Office, OfficeFileError, Unit, load_feedback_office
from feedback.record import Book

WHOLE = """
code: H48
name: Văn phòng UBND tỉnh
province: H48
intake: published_address
decision: 12/QĐ-VP ngày 02/11/2026
doors: {address: 1 đường Thử, phone: "0255 0000000", source: cổng thông tin của tỉnh, checked: 2026-11-02}
units:
  - {code: VP, name: Văn phòng, receives: true, valid_to: 2026-08-04}
  - {code: STP, name: Sở Tư pháp, receives: true, valid_from: 2026-08-05}
  - {code: SXD, name: Sở Xây dựng, agencies: [H48.11]}
  - {code: DD, name: Phòng Đất đai, agencies: [H48.11], fields: [Đất đai]}
privacy: {controller: Văn phòng UBND tỉnh, contact: 0255 0000000, servers: tại tỉnh, retention: 5 năm, version: "2026-11"}
policy: {contact_on_page: [telegram, zalo_oa]}
"""


def file(folder: Path, text: str) -> Path:
    path = folder / "feedback.yml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_everything_is_a_trial() -> None:
    office = load_feedback_office(None)
    assert (office.intake, office.book) == (IntakeWay.TRIAL, Book.TRIAL)
    assert office.receiving(date(2026, 11, 20)).receives


def test_who_receives_depends_on_the_day(tmp_path: Path) -> None:
    office = load_feedback_office(file(tmp_path, WHOLE))
    assert office.book is Book.REGISTER
    assert office.receiving(date(2026, 8, 4)).code == "VP"
    assert office.receiving(date(2026, 8, 5)).code == "STP"


@pytest.mark.parametrize(
    ("agency", "field", "unit"), [("H48.11", "Đất đai", "DD"), ("H48.11", "Nhà ở", "SXD"), ("H48.9", "Đất đai", None)]
)
def test_the_most_exactly_named_unit_handles(tmp_path: Path, agency: str, field: str, unit: str | None) -> None:
    found = load_feedback_office(file(tmp_path, WHOLE)).handling(agency, field, date(2026, 11, 20))
    assert (found and found.code) == unit


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("intake: published_address", "needs `decision`"),
        ("intake: forward_to\nforward_to: no mail", "needs `forward_to`"),
        ("intake: forward_to\nforward_to: a@b.vn", "`privacy` needs controller, contact, servers, retention"),
        ("doors: {phone: '1022'}", "`source` and `checked`"),
        ("units: [{code: A, name: A}]", "one that `receives`"),
        ("units: [{code: A, name: A, receives: true}, {code: A, name: B}]", "A is there twice"),
        ("units: [{code: 'A b', name: A, receives: true}]", "unit code 'A b'"),
        ("units: [{code: A, name: A, receives: true, valid_from: 2026-02-01, valid_to: 2026-01-01}]", "ends before"),
        ("units: [{code: A, name: A, receives: true, email: x}]", "an e-mail that is none"),
        ("officials: [{id: a, unit: X, roles: [receiver]}]", "of unit X, which is not"),
        ("officials: [{id: citizen, unit: MAU, roles: [receiver]}]", "and not citizen or system"),
        ("officials: [{id: a, unit: MAU, roles: [chief]}]", "Invalid enum value"),
        ("wrong: 1", "unknown field `wrong`"),
        ("policy: {reopen_days: soon}", "Expected `int`"),
        ("[", "not a file about feedback"),
    ],
)
def test_every_fault_is_named(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(OfficeFileError, match=fault.replace("`", "`")):
        load_feedback_office(file(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OfficeFileError, match="nowhere"):
        load_feedback_office(tmp_path / "nowhere.yml")


def test_no_term_or_limit_lies_below_zero(tmp_path: Path) -> None:
    with pytest.raises(OfficeFileError, match=r"`policy\.reopen_days` must not.*`policy\.sent_a_day` must not"):
        load_feedback_office(file(tmp_path, WHOLE + "policy: {reopen_days: -1, sent_a_day: -1, twin_minutes: 0}\n"))


def test_no_receiving_unit_on_a_day_is_said() -> None:
    office = Office(units=(Unit("A", "A", receives=True, valid_to=date(2026, 1, 1)),))
    with pytest.raises(OfficeFileError, match=r"on 02/01/2026"):
        office.receiving(date(2026, 1, 2))


def test_an_official_is_found_by_id_with_unit_and_roles(tmp_path: Path) -> None:
    text = WHOLE + "officials: [{id: lan, unit: VP, roles: [receiver, reporter]}]\n"
    office = load_feedback_office(file(tmp_path, text))
    assert office.official("lan") == Actor("lan", "VP", frozenset({Role.RECEIVER, Role.REPORTER}))
    with pytest.raises(OfficeFileError, match="it names lan"):
        office.official("mau-tiepnhan")
