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


@pytest.mark.parametrize("text", ['phone: "024"', "- a", "phone: 24", "a: [", ""])
def test_what_has_no_source_or_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "office.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(OfficeError, match=r"office\.yml"):
        load_office(path)
