"""``/canbo/buu-chinh``: what the post can do, what people ask of it and what is kept of its time; each table also as a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from aiohttp import web

from bot.console.dashboard.cells import body, said
from bot.console.dashboard.pages import NO_SHEET, drawn, period_values
from bot.console.dashboard.periods import Days, PeriodError, chosen, usual
from bot.console.dashboard.post_figures import Offer, PostBoard, PostFigures
from bot.console.dashboard.post_sheets import sheets, standing
from bot.console.dashboard.post_talk_sheets import TOPICS, month_rows
from bot.console.dashboard.sheet import Sheet, percent
from bot.console.files import Taken, csv_file, workbook_file
from bot.console.frame import Area, Frame
from bot.console.roles import EVERYBODY, SUPERVISORS
from bot.console.routing import Refused, Route, Visit
from bot.postal.asked import Topic
from bot.spreadsheets import Cell, write_sheets
from feedback.working_time.zone import here

PATH = "/canbo/buu-chinh"
AREA = Area("Bưu chính", PATH, EVERYBODY)
USUAL = "nam"
"""Few ask each month, and the lists hold for longer."""
SHOWN = 30
"""Lines of a table on the page; files have all."""
FRESH = timedelta(minutes=5)
MOST_KEPT = 10
"""Periods whose figures are in memory."""


@dataclass(frozen=True)
class _Kept:
    at: datetime
    figures: PostFigures
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class _Standing:
    of: Offer
    sheets: tuple[Sheet, ...]


@dataclass
class PostPages:
    """The routes."""

    frame: Frame
    board: PostBoard
    practice: bool
    """Whether the agency's list is the one that was made up for practice."""
    _known: dict[tuple[date, date], _Kept] = field(default_factory=dict, init=False)
    _standing: _Standing | None = field(default=None, init=False)

    def routes(self) -> list[Route]:
        """Return the routes: figures name nobody, so every role may see them."""
        return [
            Route("GET", PATH, EVERYBODY, self.page),
            Route("GET", PATH + "/bang.xlsx", EVERYBODY, self.workbook),
            Route("GET", PATH + "/{sheet}.csv", EVERYBODY, self.csv),
        ]

    async def page(self, visit: Visit) -> web.StreamResponse:
        """Show all tables; a period that cannot be taken is said so, and this year is shown."""
        today = here(visit.at).date()
        wrong = ""
        try:
            days = chosen(visit.asked, today) if visit.asked else usual(today, USUAL)
        except PeriodError as error:
            days, wrong = usual(today, USUAL), str(error)
        kept = await self._read(visit, days)
        figures = kept.figures
        return self.frame.respond(
            visit,
            "board_post.html",
            422 if wrong else 200,
            sheets=[(one, drawn(one), body(one, SHOWN)) for one in kept.sheets],
            said=said,
            tiles=_tiles(figures),
            entries=figures.offer.entries,
            practice=self.practice,
            sets=visit.official.has(SUPERVISORS),
            shown=SHOWN,
            path=PATH,
            **period_values(visit, days, wrong),
        )

    async def csv(self, visit: Visit) -> web.StreamResponse:
        """Return one table for spreadsheet programs."""
        days = _days(visit)
        found = next((one for one in await self._all(visit, days) if one.key == visit.part["sheet"]), None)
        if found is None:
            raise Refused(NO_SHEET, 404)
        name = f"buu-chinh-{found.key}-{days.first}-{days.last}.csv"
        return csv_file(name, found.head, lines_of(found), f"Bưu chính: {found.title}", _period(days))

    async def workbook(self, visit: Visit) -> web.StreamResponse:
        """Return all tables in one workbook."""
        days = _days(visit)
        all_ = await self._all(visit, days)
        taken = Taken("Bưu chính (XLSX)", _period(days), sum(len(one.rows) for one in all_))
        name = f"buu-chinh-{days.first}-{days.last}.xlsx"
        return await workbook_file(name, lambda path: write_sheets(path, tabs(all_)), taken)

    async def _all(self, visit: Visit, days: Days) -> list[Sheet]:
        kept = await self._read(visit, days)
        return [*kept.sheets, month_rows(kept.figures, await self.board.by_month_and_procedure(days))]

    async def _read(self, visit: Visit, days: Days) -> _Kept:
        """Return the figures as they were some minutes ago at most: they are counted no more often."""
        key = days.first, days.last
        kept = self._known.get(key)
        if kept is None or visit.at - kept.at >= FRESH or kept.figures.offer is not await self.board.offer():
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            figures = await self.board.read(days)
            if self._standing is None or self._standing.of is not figures.offer:
                self._standing = _Standing(figures.offer, standing(figures.offer))
            kept = self._known[key] = _Kept(visit.at, figures, sheets(figures, self._standing.sheets))
        return kept


async def every_sheet(board: PostBoard, days: Days) -> list[Sheet]:
    """Return the tables of the page, and the long one that files have beside them."""
    figures = await board.read(days)
    return [*sheets(figures, standing(figures.offer)), month_rows(figures, await board.by_month_and_procedure(days))]


def tabs(all_: list[Sheet]) -> list[tuple[str, list[list[Cell]]]]:
    """Return the tables as sheets of a workbook, each under its title and with what is counted below it."""
    return [(one.key, [[one.title], list(one.head), *map(list, lines_of(one)), [], [one.note]]) for one in all_]


def lines_of(sheet: Sheet) -> list[list[Cell]]:
    """Return the rows with their sum."""
    return [*map(list, sheet.rows), *([list(sheet.total)] if sheet.total else [])]


def _tiles(figures: PostFigures) -> list[tuple[str, Cell, str]]:
    offer = figures.offer
    counts = {one: sum(found.get(one, 0) for found in figures.asked.values()) for one in TOPICS}
    posts = [one.post for one in figures.filed.values()]
    on_time, late = sum(one.on_time for one in posts), sum(one.late for one in posts)
    return [
        ("thủ tục dùng được bưu chính", offer.offered, f"{percent(offer.offered, len(offer.procedures))} của danh mục"),
        ("đủ điều kiện mà chưa cung cấp", len(offer.eligible), "lúc này"),
        ("chỗ danh sách và danh mục nói khác nhau", offer.clashes, "lúc này"),
        ("phiếu gửi đã lập", counts[Topic.REQUEST], "trong kỳ"),
        ("câu hỏi về bưu chính", sum(counts.values()) - counts[Topic.REQUEST], "trong kỳ"),
        (
            "hồ sơ nộp qua bưu chính kết thúc",
            sum(one.ended for one in posts),
            f"đúng hẹn {percent(on_time, on_time + late)}",
        ),
    ]


def _days(visit: Visit) -> Days:
    today = here(visit.at).date()
    try:
        return chosen(visit.asked, today) if visit.asked else usual(today, USUAL)
    except PeriodError as error:
        raise Refused(str(error)) from error


def _period(days: Days) -> str:
    return f"{days.first}..{days.last}"
