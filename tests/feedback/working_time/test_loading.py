from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from feedback.working_time.errors import DataFaultError
from feedback.working_time.loading import DATA, load_working_time
from feedback.working_time.model import Reason
from tests.feedback.factories import at, day

LOCAL = """
province: H48
days_off:
  - {from: 2026-10-19, to: 2026-10-20, source: "Storm: công văn 1/UBND", sure: law}
offices:
  - name: H48.30
    source: Quyết định 1/QĐ-UBND
    sure: law
    sessions:
      monday: ["08:00-12:00"]
      saturday: ["08:00-11:00"]
rules:
  - {id: feedback_process, amount: 10, unit: working_day, start: sending, valid_from: 2026-01-01, sure: law, basis: a decision}
"""


def _file(folder: Path, text: str, name: str = "local.yml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_a_province_s_days_off_are_its_own(tmp_path: Path) -> None:
    loaded = load_working_time([_file(tmp_path, LOCAL)])

    why = loaded.hours("H48.35.1").calendar.why_off(day("19/10/2026"))
    assert why is not None
    assert (why.reason, why.source) == (Reason.LOCAL, "Storm: công văn 1/UBND")
    assert loaded.hours("H15").calendar.is_working(day("19/10/2026"))
    assert loaded.calendar.is_working(day("20/10/2026"))


def test_an_agency_s_hours_hold_for_the_units_below_it(tmp_path: Path) -> None:
    loaded = load_working_time([_file(tmp_path, LOCAL)])

    assert loaded.hours("H48.30.2").closing(day("23/11/2026")) == at("23/11/2026 12:00")
    assert loaded.hours("H48.30").at(at("28/11/2026 09:00")).is_open
    assert loaded.hours("H48.3").closing(day("23/11/2026")) == at("23/11/2026 17:00")
    assert loaded.hours().week.name == loaded.hours("H15.1").week.name == "default"


def test_a_province_may_have_deadlines_of_its_own(tmp_path: Path) -> None:
    rules = load_working_time([_file(tmp_path, LOCAL)]).rules
    assert rules.on("feedback_process", day("25/11/2026"), "H48").amount == 10
    assert rules.on("feedback_process", day("25/11/2026"), "H15").amount == 15


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("province: H48\nholidays: []", "holidays"),
        ("province: H48\ndays_off: [{from: 2026-10-19, sure: law}]", "source"),
        ("province: H48\ndays_off: [{from: 2026-10-19, source: x, sure: perhaps}]", "perhaps"),
        ("province: H48\ndays_off: [{from: 2026-10-20, to: 2026-10-19, source: x, sure: law}]", "end before"),
        (
            "province: H48\ndays_off: [{from: 2026-10-20, source: x, sure: law}, {from: 2026-10-20, source: y, sure: law}]",
            "given twice",
        ),
        (
            "province: H48\nswapped: [{free: 2026-10-19, worked: 2026-10-20, source: x, sure: law, worked_sure: law}]",
            "weekly day off",
        ),
        (
            "province: H48\noffices: [{name: H15.1, source: x, sure: law, sessions: {monday: ['08:00-12:00']}}]",
            "another province",
        ),
        (
            "province: H48\noffices: [{name: H48.1, source: x, sure: law, sessions: {sunday: ['08:00-12:00']}}]",
            "Monday to Friday",
        ),
        ("province: H48\ndays_off: [{from: 2026-13-01, source: x, sure: law}]", "line 2: Invalid RFC3339"),
        ("province: [", "local.yml"),
        ("", "local.yml"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataFaultError, match=message):
        load_working_time([_file(tmp_path, text)])


def test_a_province_has_one_file(tmp_path: Path) -> None:
    first, second = _file(tmp_path, "province: H48"), _file(tmp_path, "province: H48", "again.yml")
    with pytest.raises(DataFaultError, match="has a file already"):
        load_working_time([first, second])


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataFaultError, match="cannot be read"):
        load_working_time([tmp_path / "nothing.yml"])


def test_a_year_s_file_bears_its_name(data: Path) -> None:
    (data / "years" / "2027.yml").rename(data / "years" / "2028.yml")
    with pytest.raises(DataFaultError, match=r"2028\.yml says year 2027"):
        load_working_time(data=data)


def test_a_year_s_file_holds_days_of_that_year(data: Path) -> None:
    _file(
        data / "years", "year: 2028\nstatus: decided\ndays_off: [{from: 2027-12-31, source: x, sure: law}]", "2028.yml"
    )
    with pytest.raises(DataFaultError, match="another year"):
        load_working_time(data=data)


def test_no_year_at_all_is_a_fault(data: Path) -> None:
    shutil.rmtree(data / "years")
    with pytest.raises(DataFaultError, match="present year"):
        load_working_time(data=data)


def test_the_default_office_must_be_there(data: Path) -> None:
    _file(data, "offices: []", "offices.yml")
    with pytest.raises(DataFaultError, match="default"):
        load_working_time(data=data)


def test_a_year_that_is_decided_later_becomes_certain(data: Path) -> None:
    path = data / "years" / "2027.yml"
    path.write_text(
        path.read_text("utf-8").replace("provisional", "decided").replace("unverified", "secondary"), "utf-8"
    )
    assert not load_working_time(data=data).calendar.add(day("25/01/2027"), 15).unverified
