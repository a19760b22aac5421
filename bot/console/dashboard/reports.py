"""The periodic report and the register book (``/canbo/bao-cao``): to print, as a workbook, and for the national feedback system."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.dashboard.pages import period_values
from bot.console.dashboard.periods import Days, PeriodError, chosen, usual
from bot.console.files import TAKEN, Taken, file, workbook_file
from bot.console.frame import Area, Frame
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.delivery.ports import Transactions
from bot.feedback.report_sheets import register_book_page, report_data, report_page, write_register_book, write_report
from feedback.record import Book
from feedback.reports.daily_store import agencies_and_fields
from feedback.reports.making import Line, Reports
from feedback.reports.national import item
from feedback.working_time.zone import here

PATH = "/canbo/bao-cao"
READERS = frozenset({ConsoleRole.RECEIVER, ConsoleRole.APPROVER, ConsoleRole.AUDITOR})
"""Whose roles in the register may read reports."""
AREA = Area("Báo cáo", PATH, READERS)
BOOK = "so"
KINDS = {"dinh-ky": "Báo cáo định kỳ", BOOK: "Sổ theo dõi"}
WAYS = {"in": "Trang in", "xlsx": "Bảng tính (XLSX)", "json": "Tệp dữ liệu (JSON)"}
FORMS = {"in": "trang in", "xlsx": "XLSX", "json": "JSON"}
"""As the console's log calls them."""

UNKNOWN = "Không có loại báo cáo này. Hãy mở lại trang Báo cáo và chọn từ danh sách."
TRIAL = "Sổ chạy thử không có gì để nhập vào hệ thống quốc gia."

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True)
class Wanted:
    """What was asked for."""

    kind: str
    way: str
    days: Days
    agency: str
    field: str

    def taken(self, rows: int) -> Taken:
        """Return what the log says of it."""
        narrowed = ", ".join(part for part in (self.agency, self.field) if part)
        period = f"{self.days.first}..{self.days.last}"
        return Taken(f"{KINDS[self.kind]} ({FORMS[self.way]})", period, rows, narrowed)

    def has(self, line: Line) -> bool:
        """Tell whether a line of the book is of the agency and field."""
        return self.agency in ("", line.story.agency) and self.field in ("", line.story.field)


@dataclass(frozen=True)
class ReportPages:
    """The routes."""

    frame: Frame
    transactions: Transactions
    reports: Reports
    book: Book
    unit_name: Callable[[str], str]

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("GET", PATH, READERS, self.page), Route("GET", PATH + "/lap", READERS, self.make)]

    async def page(self, visit: Visit) -> web.StreamResponse:
        """Show the form."""
        return await self._form(visit, usual(here(visit.at).date()), "")

    async def make(self, visit: Visit) -> web.StreamResponse:
        """Return the report in the way that was asked for; a period that cannot be taken is said beside the form."""
        try:
            days = chosen(visit.asked, here(visit.at).date())
        except PeriodError as error:
            return await self._form(visit, usual(here(visit.at).date()), str(error))
        asked = visit.asked
        wanted = Wanted(
            asked.get("loai", ""),
            asked.get("cach", ""),
            days,
            asked.get("co_quan", "").strip(),
            asked.get("linh_vuc", "").strip(),
        )
        if wanted.kind not in KINDS or wanted.way not in WAYS:
            raise Refused(UNKNOWN, 404)
        return await (self._book(visit, wanted) if wanted.kind == BOOK else self._periodic(visit, wanted))

    async def _form(self, visit: Visit, days: Days, wrong: str) -> web.StreamResponse:
        async with self.transactions.read() as session:
            agencies, fields = await agencies_and_fields(session)
        asked = visit.asked
        return self.frame.respond(
            visit,
            "board_reports.html",
            422 if wrong else 200,
            reports=KINDS,
            ways=WAYS,
            agencies=[(code, self.unit_name(code)) for code in agencies],
            fields=fields,
            asked=asked,
            trial=self.book is Book.TRIAL,
            **period_values(visit, days, wrong),
        )

    async def _periodic(self, visit: Visit, wanted: Wanted) -> web.Response:
        async with self.transactions.read() as session:
            report = await self.reports.periodic(
                session, visit.actor, wanted.days.period, self.book, visit.at, wanted.agency, wanted.field
            )
        name = f"bao-cao-{_days(wanted)}"
        if wanted.way == "in":
            return printed(report_page(report, self.unit_name), wanted.taken(len(report.rows)))
        if wanted.way == "json":
            return _json(f"{name}.json", report_data(report, self.unit_name), wanted.taken(len(report.rows)))
        return await workbook_file(
            f"{name}.xlsx", lambda path: write_report(path, report, self.unit_name), wanted.taken(len(report.rows))
        )

    async def _book(self, visit: Visit, wanted: Wanted) -> web.Response:
        if wanted.way == "json" and self.book is Book.TRIAL:
            raise Refused(TRIAL)
        lines = await self._lines(visit, wanted)
        if wanted.way == "in":
            page = register_book_page(lines, wanted.days.period, self.book, self.unit_name)
            return printed(page, wanted.taken(len(lines)))
        if wanted.way == "json":
            items = [one for one in map(item, lines) if one]
            return _json(f"quoc-gia-{_days(wanted)}.json", {"items": items}, wanted.taken(len(items)))
        return await workbook_file(
            f"so-theo-doi-{_days(wanted)}.xlsx",
            lambda path: write_register_book(path, lines, wanted.days.period, self.book, self.unit_name),
            wanted.taken(len(lines)),
        )

    async def _lines(self, visit: Visit, wanted: Wanted) -> Sequence[Line]:
        async with self.transactions.read() as session:
            lines = await self.reports.register_book(session, visit.actor, wanted.days.period, self.book, visit.at)
        return [line for line in lines if wanted.has(line)]


def printed(page: str, taken: Taken) -> web.Response:
    """Return a page to print, which is complete in itself, under a policy that knows its one style sheet.

    What is printed leaves the house as a file does.
    """
    found = _STYLE.search(page)
    digest = base64.b64encode(hashlib.sha256((found.group(1) if found else "").encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    response = web.Response(text=page, content_type="text/html", headers=headers)
    response[TAKEN] = taken
    return response


def _json(name: str, data: Mapping[str, object], taken: Taken) -> web.Response:
    return file(name, json.dumps(data, ensure_ascii=False, indent=2).encode(), "application/json", taken)


def _days(wanted: Wanted) -> str:
    return f"{wanted.days.first}-{wanted.days.last}"
