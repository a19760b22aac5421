"""``/canbo/cai-cach``: the list of procedures that fail people, a sheet for each to print, and the list as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from aiohttp import web

from bot.console.dashboard.feedback_sheets import CATEGORIES
from bot.console.dashboard.pages import period_values
from bot.console.dashboard.periods import Days, PeriodError, chosen, usual
from bot.console.dashboard.reform import Reform, Trouble
from bot.console.files import Taken, csv_file, workbook_file
from bot.console.frame import Area, Frame
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.spreadsheets import Cell, write_table
from feedback.record import Book
from feedback.reports import making
from feedback.working_time.zone import here
from nlu.learning.review import Reason

PATH = "/canbo/cai-cach"
READERS = frozenset({ConsoleRole.RECEIVER, ConsoleRole.APPROVER, ConsoleRole.AUDITOR, ConsoleRole.EDITOR})
AREA = Area("Rà soát thủ tục", PATH, READERS)
USUAL = "nam"
"""The review is yearly."""
SHOWN = 50
FRESH = timedelta(minutes=5)
NOTHING = "Trong kỳ này không có gì ghi nhận về thủ tục này. Hãy chọn kỳ khác hoặc mở lại danh sách."
REASONS = {
    Reason.ASKED_BACK: "phải hỏi lại",
    Reason.REPHRASED: "người dân phải hỏi lại bằng câu khác",
    Reason.NOT_USEFUL: "người dân nói câu trả lời không có ích",
    Reason.DECLINED: "trợ lý nói chưa biết",
    Reason.NOT_IN_CATALOGUE: "không có trong danh mục",
    Reason.CHOSE_NONE: "không chọn việc nào được gợi ý",
}
HEAD = (
    *("Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Câu hỏi chưa hiểu", "Yêu cầu bổ sung giấy tờ"),
    *("Trong đó từ lần thứ hai", "Không tiếp nhận hồ sơ", "Phản ánh, kiến nghị", "Số nguồn"),
)


@dataclass
class ReformPages:
    """The routes."""

    frame: Frame
    reform: Reform
    _kept: dict[tuple[bool, date, date], tuple[datetime, Sequence[Trouble]]] = field(default_factory=dict)

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", PATH, READERS, self.page),
            Route("GET", PATH + "/bang.csv", READERS, self.csv),
            Route("GET", PATH + "/bang.xlsx", READERS, self.xlsx),
            Route("GET", PATH + "/thu-tuc/{code}", READERS, self.sheet),
        ]

    async def page(self, visit: Visit) -> web.StreamResponse:
        """Show the list."""
        days, wrong = _days(visit)
        found = await self._troubles(visit, days)
        return self.frame.respond(
            visit,
            "board_reform.html",
            422 if wrong else 200,
            troubles=found[:SHOWN],
            count=len(found),
            reads=_reads(visit),
            trial=self.reform.book is Book.TRIAL,
            **period_values(visit, days, wrong),
        )

    async def sheet(self, visit: Visit) -> web.StreamResponse:
        """Show the sheet of one procedure."""
        days = _days_or_refuse(visit)
        code = visit.part["code"]
        trouble = next((one for one in await self._troubles(visit, days) if one.code == code), None)
        if trouble is None:
            raise Refused(NOTHING, 404)
        case = await self.reform.case(visit.actor, days, trouble)
        categories = [(CATEGORIES.get(one, str(one)), count) for one, count in sorted(case.trouble.categories.items())]
        return self.frame.respond(
            visit,
            "board_reform_sheet.html",
            case=case,
            days=days,
            categories=categories,
            reasons=[(REASONS[one], count) for one, count in sorted(case.failed.reasons.items())],
            reason_names=REASONS,
            trial=self.reform.book is Book.TRIAL,
        )

    async def csv(self, visit: Visit) -> web.StreamResponse:
        """Return the whole list for spreadsheet programs."""
        days = _days_or_refuse(visit)
        rows = [_row(one) for one in await self._troubles(visit, days)]
        return csv_file(f"ra-soat-{days.first}-{days.last}.csv", HEAD, rows, AREA.title, f"{days.first}..{days.last}")

    async def xlsx(self, visit: Visit) -> web.StreamResponse:
        """Return the whole list as a workbook."""
        days = _days_or_refuse(visit)
        rows = [_row(one) for one in await self._troubles(visit, days)]
        name = f"ra-soat-{days.first}-{days.last}.xlsx"
        taken = Taken(f"{AREA.title} (XLSX)", f"{days.first}..{days.last}", len(rows))
        return await workbook_file(name, lambda path: write_table(path, HEAD, rows), taken)

    async def _troubles(self, visit: Visit, days: Days) -> Sequence[Trouble]:
        """Return the list, as it was some minutes ago at most: who reads it changes periods and files back and forth."""
        key = _reads(visit), days.first, days.last
        kept = self._kept.get(key)
        if kept is None or visit.at - kept[0] >= FRESH:
            if len(self._kept) > 20:
                self._kept.clear()
            kept = self._kept[key] = visit.at, await self.reform.troubles(visit.actor, days)
        return kept[1]


def _reads(visit: Visit) -> bool:
    return visit.actor.has(making.READERS)


def _days(visit: Visit) -> tuple[Days, str]:
    today = here(visit.at).date()
    if not visit.asked:
        return usual(today, USUAL), ""
    try:
        return chosen(visit.asked, today), ""
    except PeriodError as error:
        return usual(today, USUAL), str(error)


def _days_or_refuse(visit: Visit) -> Days:
    days, wrong = _days(visit)
    if wrong:
        raise Refused(wrong)
    return days


def _row(one: Trouble) -> list[Cell]:
    papers = one.papers
    return [
        one.code,
        one.name,
        one.field,
        one.questions,
        papers.asked,
        papers.again,
        papers.refused,
        one.feedback,
        one.sources,
    ]
