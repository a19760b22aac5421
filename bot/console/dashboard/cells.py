"""Writes the rows of a table: a page has a thousand cells, for which a template takes longer than for all else. Pure."""

from __future__ import annotations

from markupsafe import Markup, escape

from bot.console.dashboard.sheet import Sheet
from bot.spreadsheets import Cell


def body(sheet: Sheet, most: int | None = None) -> Markup:
    """Return the rows of a table's body; the first ones only where not all are wanted."""
    kinds = ["<td>" if place in sheet.texts else '<td class="number">' for place in range(len(sheet.head))]
    lines = []
    for head, *cells in sheet.rows[:most]:
        told = "".join(f"{kind}{escape(said(cell))}</td>" for kind, cell in zip(kinds[1:], cells, strict=True))
        lines.append(f'<tr><th scope="row">{escape(head)}</th>{told}</tr>')
    return Markup("\n".join(lines))  # noqa: S704 - every cell is escaped


def said(cell: Cell) -> str:
    """Return what a cell says; numbers as they are written in Vietnam."""
    return f"{cell:,}".replace(",", ".") if isinstance(cell, int | float) else str(cell)
