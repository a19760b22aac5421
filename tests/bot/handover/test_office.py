"""The file about the office: dated and sourced, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.flows.handing_over import Office
from bot.handover.office import OfficeError, load_office


def test_without_a_file_nothing_is_claimed() -> None:
    assert load_office(None) == Office()


def test_an_office_is_read(tmp_path: Path) -> None:
    path = tmp_path / "office.yml"
    path.write_text('place: "Trung tâm A"\nphone: "024"\nsource: "trang của tỉnh"\nchecked: "01/11/2026"\n', "utf-8")
    assert load_office(path) == Office("Trung tâm A", "", "024", "trang của tỉnh", "01/11/2026")


@pytest.mark.parametrize("checked", ['"2026-11-20"', "2026-11-20", '"20/11/2026"'])
def test_the_day_on_which_it_was_checked_is_told_as_people_write_it(tmp_path: Path, checked: str) -> None:
    path = tmp_path / "office.yml"
    path.write_text(f'phone: "024"\nsource: "trang của tỉnh"\nchecked: {checked}\nwait_minutes: 45\n', "utf-8")
    assert load_office(path) == Office(phone="024", source="trang của tỉnh", checked="20/11/2026", wait_minutes=45)


@pytest.mark.parametrize("text", ["wait_minutes: -1", 'phone: "024"', "- a", "phone: 24", "a: [", ""])
def test_what_has_no_source_or_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "office.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(OfficeError, match=r"office\.yml"):
        load_office(path)
