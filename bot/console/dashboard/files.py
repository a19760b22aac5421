"""Tables and other things that the pages give as files; nobody's cache keeps them."""

from __future__ import annotations

import asyncio
import csv
import io
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from aiohttp import web

from bot.dossiers.spreadsheets import Cell, harmless

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def headers(name: str) -> dict[str, str]:
    """Return the headers of a file."""
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


def file(name: str, content: bytes, kind: str, charset: str | None = None) -> web.Response:
    """Return a file."""
    return web.Response(body=content, content_type=kind, charset=charset, headers=headers(name))


def csv_file(name: str, rows: Sequence[Sequence[Cell]]) -> web.Response:
    """Return a table for spreadsheet programs; no cell is run as a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return file(name, out.getvalue().encode("utf-8-sig"), "text/csv", "utf-8")


async def workbook_file(name: str, write: Callable[[Path], None]) -> web.Response:
    """Return the workbook that is written to a path, beside the loop: a large one takes seconds."""

    def made() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bang.xlsx"
            write(path)
            return path.read_bytes()

    return file(name, await asyncio.to_thread(made), XLSX)
