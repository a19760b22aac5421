"""The table as a file: complete, readable, and without any formula."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from bot.dossiers.disclosure import shown
from bot.dossiers.organisations.overview import Group, Overview, Row
from bot.dossiers.organisations.workbook import COLUMNS, escaped, workbook
from tests.bot.dialogue_house import TEXTS
from tests.bot.dossiers.records import BASE
from tests.bot.messages import NOW

ROW = Row(BASE.code, Group.ON_TIME, 3, shown(BASE), NOW)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_dossier_has_a_line(language: str) -> None:
    rows = (ROW, Row("H48.30.02-261117-0999", Group.OTHER))
    content = workbook(Overview(rows), TEXTS.speaking(language), "=tiêu đề")
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    table = list(sheet.iter_rows(values_only=True))
    assert table[0][0] == "'=tiêu đề"
    assert len(table[1]) == len(COLUMNS)
    assert table[2][:3] == (BASE.code, TEXTS.speaking(language).render("utter_batch_group_on_time"), 3)
    assert table[3][2:] == (None,) * (len(COLUMNS) - 2)


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(lead: str) -> None:
    evil = replace(BASE, next_step=f"{lead}cmd|' /C calc'!A0", unit=f"{lead}1", collect_at=f"{lead}x\x00")
    content = workbook(Overview((replace(ROW, shown=shown(evil)),)), TEXTS, "x")
    cells = [cell for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(isinstance(cell.value, str) and cell.value.startswith(lead) for cell in cells)


def test_words_without_a_sign_stay_as_they_are() -> None:
    assert escaped("Chờ ký, hẹn 30/11") == "Chờ ký, hẹn 30/11"
