"""Writes an organisation's dossiers as an XLSX table in which no cell can be a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from bot.dialogue.texts import Texts
from bot.dossiers.organisations.overview import Overview, Row
from bot.spreadsheets import FORMULA_START
from feedback.working_time.zone import here

COLUMNS = (
    ("code", 28),
    ("group", 18),
    ("days", 12),
    ("status", 24),
    ("procedure", 14),
    ("procedure_name", 40),
    ("unit", 40),
    ("received", 17),
    ("due", 17),
    ("ended", 17),
    ("next", 40),
    ("missing", 40),
    ("fee", 12),
    ("collect", 30),
    ("as_of", 17),
)
"""Name and width; the headings are ``utter_batch_column_`` with the name."""
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 2000
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd]")


def escaped(text: str) -> str:
    """Return an office's words so that no program takes them for a formula, also once the table is saved as CSV."""
    plain = _NOT_XML.sub("", text)[:LONGEST]
    return f"'{plain}" if plain.startswith(FORMULA_START) else plain


def workbook(overview: Overview, texts: Texts, title: str) -> bytes:
    """Return the table as a file."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(texts.render("utter_batch_sheet"))
    for number, (_, width) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A3"
    sheet.append([_bold(sheet, escaped(title))])
    sheet.append([_bold(sheet, texts.render(f"utter_batch_column_{name}")) for name, _ in COLUMNS])
    for row in overview.rows:
        sheet.append(list(cells(row, texts)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(row: Row, texts: Texts) -> Iterator[str | int | None]:
    """Yield the cells of one dossier."""
    known = row.shown
    yield row.code
    yield texts.render(f"utter_batch_group_{row.group}")
    if known is None:
        return
    yield row.days
    yield texts.render(f"utter_batch_status_{known.status.name.lower()}")
    yield from (escaped(text) for text in (known.procedure_code, known.procedure_name, known.unit))
    yield from (_moment(at) for at in (known.received_at, known.due_at, known.ended_at))
    yield from (escaped(text) for text in (known.next_step, "; ".join(known.missing)))
    yield known.fee_due
    yield escaped(known.collect_at)
    yield _moment(row.as_of)


def _moment(at: datetime | None) -> str | None:
    return f"{here(at):%d/%m/%Y %H:%M}" if at is not None else None


def _bold(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell
