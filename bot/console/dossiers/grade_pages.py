"""Chấm điểm: what ratings and times of units come to by the rule of five grades. A draft, and it says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from aiohttp import web

from bot.console.dossiers.due_pages import PATH
from bot.console.dossiers.words import INDICES
from bot.console.files import CSV, Taken, file
from bot.console.frame import Frame
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.delivery.ports import Transactions
from bot.dossiers.rating.grade import Graded, Index, Rule
from bot.dossiers.rating.grading import Grading
from bot.spreadsheets import Cell, csv_bytes
from feedback.working_time.zone import VIETNAM, here

GRADERS = frozenset({ConsoleRole.DOSSIERS, ConsoleRole.AUDITOR, ConsoleRole.APPROVER})
LONGEST = timedelta(days=366)
MOST_POINTS = len(Index) * 2


@dataclass(frozen=True)
class GradePages:
    """Draft grades of a period."""

    transactions: Transactions
    grading: Callable[[date], Grading]
    """By the rule that was in force on a day."""
    frame: Frame

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", PATH + "/cham-diem", GRADERS, self.page),
            Route("GET", PATH + "/cham-diem.csv", GRADERS, self.table),
        ]

    async def page(self, visit: Visit) -> web.Response:
        """Show the draft; by default of the present quarter."""
        since, until = _period(visit)
        rule, found = await self._grades(since, until, visit.asked.get("don-vi", ""))
        asked = urlencode({"tu": since.isoformat(), "den": until.isoformat(), "don-vi": visit.asked.get("don-vi", "")})
        return self.frame.respond(
            visit,
            "dossiers_grades.html",
            rule=rule,
            found=found,
            since=since,
            until=until,
            unit=visit.asked.get("don-vi", ""),
            indices=INDICES,
            most=MOST_POINTS,
            table=f"{PATH}/cham-diem.csv?{asked}",
            path=PATH,
        )

    async def table(self, visit: Visit) -> web.Response:
        """Return the same as CSV."""
        since, until = _period(visit)
        rule, found = await self._grades(since, until, visit.asked.get("don-vi", ""))
        name = f"cham-diem-nhap-{since:%Y%m%d}-{until:%Y%m%d}.csv"
        taken = Taken("Chấm điểm, bản nháp (CSV)", f"{since}..{until}", len(found), visit.asked.get("don-vi", ""))
        return file(name, csv_bytes(_rows(rule, found)), CSV, taken)

    async def _grades(self, since: date, until: date, unit: str) -> tuple[Rule, Mapping[str, Graded]]:
        grading = self.grading(until)
        async with self.transactions.read() as session:
            found = await grading.grades(session, _midnight(since), _midnight(until + timedelta(days=1)), unit.strip())
        return grading.rule, found


def _rows(rule: Rule, found: Mapping[str, Graded]) -> Iterator[Sequence[Cell]]:
    yield ["BẢN NHÁP, không phải điểm chính thức", rule.source, rule.doubt]
    yield ["Đơn vị", "Số hồ sơ", "Số được đánh giá", *INDICES.values(), "Tổng", "Xếp loại", "Thấp nhất", "Cao nhất"]
    for unit, one in found.items():
        averages = [one.averages.get(index, "thiếu") for index in Index]
        grade = one.grade.name if one.grade else ""
        yield [unit, one.dossiers, one.rated, *averages, one.total, grade, one.lowest.name, one.highest.name]


def _period(visit: Visit) -> tuple[date, date]:
    today = here(visit.at).date()
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    since, until = _day(visit, "tu", quarter), _day(visit, "den", today)
    if not since <= until <= since + LONGEST:
        raise Refused("Khoảng thời gian chưa đúng: ngày đầu phải trước ngày cuối và dài nhất một năm.")
    return since, until


def _day(visit: Visit, name: str, usual: date) -> date:
    raw = visit.asked.get(name, "")
    if not raw:
        return usual
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise Refused("Ngày chưa đúng. Hãy chọn lại ngày.") from error


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
