"""The page of figures (``/canbo/bang-so-lieu``), each table also as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.console.dashboard.cells import body, said
from bot.console.dashboard.charts import draw
from bot.console.dashboard.figures import PARTS, Board, Figures
from bot.console.dashboard.periods import KINDS, OTHER, Days, PeriodError, chosen, usual
from bot.console.dashboard.sheet import Sheet, percent
from bot.console.dashboard.sheets import needs, sheet, sheets
from bot.console.files import csv_file
from bot.console.frame import Area, Frame
from bot.console.roles import EVERYBODY
from bot.console.routing import Refused, Route, Visit
from bot.spreadsheets import Cell
from feedback.record import Book
from feedback.working_time.zone import here

PATH = "/canbo/bang-so-lieu"
AREA = Area("Số liệu", PATH, EVERYBODY)
TEMPLATES = Path(__file__).parent / "templates"
NO_SHEET = "Không có bảng này. Hãy mở lại trang Số liệu và chọn bảng từ đó."


@dataclass(frozen=True)
class BoardPages:
    """The routes."""

    frame: Frame
    board: Board
    unit_name: Callable[[str], str]

    def routes(self) -> list[Route]:
        """Return the routes: figures name nobody, so every role may see them."""
        return [
            Route("GET", PATH, EVERYBODY, self.page),
            Route("GET", PATH + "/{sheet}.csv", EVERYBODY, self.file),
        ]

    async def page(self, visit: Visit) -> web.StreamResponse:
        """Show all tables of a period; a period that cannot be taken is said so, and this month is shown."""
        today = here(visit.at).date()
        wrong = ""
        try:
            days = chosen(visit.asked, today)
        except PeriodError as error:
            days, wrong = usual(today), str(error)
        figures = await self.board.read(days, visit.at, PARTS - {"took"})
        values = period_values(visit, days, wrong)
        return self.frame.respond(
            visit,
            "board.html",
            422 if wrong else 200,
            sheets=[(one, drawn(one), body(one)) for one in sheets(figures, self.unit_name)],
            said=said,
            tiles=_tiles(figures),
            trial=self.board.book is Book.TRIAL,
            at=figures.at,
            **values,
        )

    async def file(self, visit: Visit) -> web.StreamResponse:
        """Return one table for spreadsheet programs."""
        try:
            days = chosen(visit.asked, here(visit.at).date())
        except PeriodError as error:
            raise Refused(str(error)) from error
        key = visit.part["sheet"]
        wanted = needs(key)
        if not wanted:
            raise Refused(NO_SHEET, 404)
        found = sheet(key, await self.board.read(days, visit.at, wanted), self.unit_name)
        rows = [*found.rows, *([found.total] if found.total else [])]
        what, period = f"Số liệu: {found.title}", f"{days.first}..{days.last}"
        return csv_file(f"{found.key}-{days.first}-{days.last}.csv", found.head, rows, what, period)


def period_values(visit: Visit, days: Days, wrong: str) -> dict[str, Any]:
    """Return what the form of a period needs; what was typed wrongly stands there again."""
    typed = wrong and (visit.asked.get("tu", ""), visit.asked.get("den", ""))
    since, until = typed or (days.first.isoformat(), days.last.isoformat())
    kind = visit.asked.get("ky", days.kind) if wrong else days.kind
    return {"days": days, "kinds": KINDS, "other": OTHER, "kind": kind, "since": since, "until": until, "wrong": wrong}


def drawn(sheet: Sheet) -> object:
    """Return the chart of a table; empty where there is nothing to see."""
    return draw(sheet.chart) if sheet.chart and not sheet.chart.is_empty else ""


def _tiles(figures: Figures) -> list[tuple[str, Cell, str]]:
    counts, talk = figures.feedback, figures.talk
    asked = [sum(getattr(one, name) for one in talk) for name in ("answered", "asked_back", "declined")]
    ended, late = (sum(getattr(one, name) for one in figures.dossiers) for name in ("ended", "late"))
    on_time = sum(one.on_time for one in figures.dossiers)
    return [
        ("phản ánh tiếp nhận", counts["new"], ""),
        ("phản ánh đã xử lý", counts["handled"], f"đúng hạn {percent(counts['handled_on_time'], counts['handled'])}"),
        ("phản ánh đang quá hạn", sum(figures.overdue.values()), "lúc này"),
        ("phản ánh chưa xử lý xong", figures.open, "cuối kỳ"),
        ("hồ sơ kết thúc", ended, f"đúng hẹn {percent(on_time, on_time + late)}"),
        ("tin nhắn của người dân", sum(one.came for one in talk), f"trả lời được {percent(asked[0], sum(asked))}"),
    ]
