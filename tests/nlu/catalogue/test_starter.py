"""The starter catalogue that is shipped is sound, and the check names file, key and remedy of every fault."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu.catalogue.model import Detail, FeeKind, Level
from nlu.catalogue.starter import Fault, load_file, load_starter

GOOD: dict[str, Any] = {
    "code": "1.001193",
    "name": "Đăng ký khai sinh",
    "levels": ["commune"],
    "agencies": ["Ủy ban nhân dân cấp xã"],
    "source": {"name": "Cổng Dịch vụ công quốc gia"},
    "as_of": "2026-06",
    "also_called": ["làm giấy khai sinh", "khai sinh cho con", "con mới đẻ"],
}


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Write a starter file with changes; returns its path."""

    def file(stem: str = "1.001193", folder: str = "ho-tich", **changes: Any) -> Path:
        path = tmp_path / folder / f"{stem}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump({**GOOD, **changes}, allow_unicode=True), "utf-8")
        return path

    return file


def faults(path: Path) -> str:
    """The faults of a file as text."""
    return "\n".join(map(str, load_file(path)[1]))


def test_the_shipped_catalogue_has_no_fault_and_at_least_150_procedures() -> None:
    procedures, found = load_starter()
    assert found == []
    assert len(procedures) >= 150
    assert len({procedure.code for procedure in procedures}) == len(procedures)


def test_every_shipped_procedure_is_dated_not_in_the_future_and_sourced() -> None:
    for procedure in load_starter()[0]:
        assert procedure.source.name, procedure.code
        assert procedure.as_of[:7] <= f"{date(2026, 11, 22):%Y-%m}", procedure.code
        assert procedure.agencies or procedure.caveats, procedure.code
        if procedure.detail is Detail.LISTING:
            assert procedure.caveats, f"{procedure.code} has no details and does not say so"


def test_no_shipped_fee_is_free_while_the_provincial_council_sets_it() -> None:
    for procedure in load_starter()[0]:
        for method in procedure.methods:
            if method.fee.kind is FeeKind.FREE and "hội đồng nhân dân" in method.fee.text.lower():
                # Only where it says that something *else* is set by the council.
                assert ":" in method.fee.text or "quá hạn" in method.fee.text, f"{procedure.code}: {method.fee.text}"


def test_no_shipped_time_has_a_number_without_its_unit() -> None:
    for procedure in load_starter()[0]:
        for method in procedure.methods:
            assert (method.time.amount is None) == (method.time.unit is None), procedure.code


def test_a_good_file_has_no_faults(write: Any) -> None:
    procedure, found = load_file(write())
    assert procedure is not None
    assert procedure.code == "1.001193"
    assert found == []


@pytest.mark.parametrize(
    ("changes", "key", "remedy"),
    [
        ({"nmae": "x"}, "$", "docs/catalogue-format.md"),
        ({"code": "1001193"}, "code", "docs/catalogue-format.md"),
        ({"as_of": "06/2026"}, "as_of", "docs/catalogue-format.md"),
        ({"name": "Thủ tục đăng ký khai sinh"}, "name", "drop the word"),
        ({"also_called": ["khai sinh"]}, "also_called", "add what people say"),
        ({"levels": ["district"]}, "levels", "caveat"),
        ({"agencies": ["Sở Giao thông vận tải"]}, "agencies", "successor"),
        ({"methods": [{"way": "counter", "time": {"amount": 5}}]}, "methods[0].time", "give both"),
        ({"methods": [{"way": "counter", "fee": {"kind": "fixed"}}]}, "methods[0].fee", "correct kind or amount"),
        (
            {"methods": [{"way": "counter", "fee": {"kind": "free", "amount": 1000}}]},
            "methods[0].fee",
            "correct kind or amount",
        ),
        ({"methods": [{"way": "counter", "fee": {"kind": "local"}}]}, "methods[0].fee", "add text or items"),
        ({"methods": [{"way": "counter"}, {"way": "counter"}]}, "methods", "text or items"),
        ({"methods": [{"way": "fax"}]}, "methods[0].way", "docs/catalogue-format.md"),
    ],
)
def test_a_fault_names_file_key_and_remedy(write: Any, changes: dict[str, Any], key: str, remedy: str) -> None:
    said = faults(write(**changes))
    assert "ho-tich/1.001193.yaml" in said
    assert f": {key}" in said or f"$.{key}" in said or f".{key}" in said, said
    assert remedy in said


def test_a_caveat_excuses_an_agency_of_the_past(write: Any) -> None:
    assert not faults(write(agencies=["Sở Giao thông vận tải"], caveats=["Nguồn có từ trước 07/2025."]))
    assert not faults(write(levels=[Level.DISTRICT.value], caveats=["Nguồn có từ trước 07/2025."]))


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "1.001193.yaml"
    path.write_text("name: [unclosed", "utf-8")
    procedure, found = load_file(path)
    assert procedure is None
    assert "is not YAML" in str(found[0])


def test_the_file_name_is_the_code_and_a_code_stands_once(write: Any, tmp_path: Path) -> None:
    assert "name the file 1.001193.yaml" in faults(write("1.009999"))
    write("1.001193", "ho-tich")
    write("1.001193", "cu-tru")
    procedures, found = load_starter(tmp_path)
    assert len(procedures) == 1
    assert any("stands twice" in str(fault) for fault in found)


def test_a_fault_reads_as_one_line() -> None:
    assert str(Fault("a/b.yaml", "fee", "is wrong", "mend it")) == "a/b.yaml: fee: is wrong; mend it"
