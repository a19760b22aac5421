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
from bot.console.frame import Frame, say_moment
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.delivery.ports import Transactions
from bot.dossiers.rating.grade import Graded, Index, Rule, graded
from bot.figures import reading_store
from bot.figures.counting_store import marked
from bot.figures.recount import GRADES
from bot.spreadsheets import Cell, csv_bytes
from feedback.working_time.zone import here

GRADERS = frozenset({ConsoleRole.DOSSIERS, ConsoleRole.AUDITOR, ConsoleRole.APPROVER})
HERE = PATH + "/cham-diem"
LONGEST = timedelta(days=366)
MOST_POINTS = len(Index) * 2
PAGE = 100
"""Units of one page."""


@dataclass(frozen=True)
class Draft:
    """Draft grades of a period."""

    rule: Rule
    units: Mapping[str, Graded]
    """By their names, in order."""
    counted: datetime | None
    """When the days were counted last; ``None`` until all of them were counted once."""

    @property
    def holds(self) -> str:
        """What is to be known of the numbers."""
        if self.counted is None:
            return "Trợ lý đang đếm hồ sơ lần đầu: số liệu dưới đây chưa đủ. Hãy xem lại sau vài phút."
        return (
            f"Đếm lúc {say_moment(self.counted)}. Hồ sơ kết thúc hôm nay và hôm qua được đếm lại 5 phút một lần; "
            "trong 60 ngày qua mỗi giờ một lần; trong 400 ngày qua mỗi ngày một lần."
        )


@dataclass(frozen=True)
class GradePages:
    """Draft grades of a period."""

    transactions: Transactions
    rule: Callable[[date], Rule]
    """The rule that was in force on a day."""
    frame: Frame

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", HERE, GRADERS, self.page),
            Route("GET", HERE + ".csv", GRADERS, self.table),
        ]

    async def page(self, visit: Visit) -> web.Response:
        """Show the draft; by default of the present quarter."""
        asked = _Asked.of(visit)
        draft = await self._draft(asked)
        after = visit.asked.get("sau")
        names = [name for name in draft.units if after is None or name > after]
        shown = names[:PAGE]
        return self.frame.respond(
            visit,
            "dossiers_grades.html",
            draft=draft,
            found={name: draft.units[name] for name in shown},
            asked=asked,
            indices=INDICES,
            most=MOST_POINTS,
            table=f"{HERE}.csv?{urlencode(asked.query)}",
            following=f"{HERE}?{urlencode({**asked.query, 'sau': shown[-1]})}" if len(names) > PAGE else "",
            path=PATH,
        )

    async def table(self, visit: Visit) -> web.Response:
        """Return the same as CSV, all units."""
        asked = _Asked.of(visit)
        draft = await self._draft(asked)
        name = f"cham-diem-nhap-{asked.since:%Y%m%d}-{asked.until:%Y%m%d}.csv"
        period, rows = f"{asked.since}..{asked.until}", len(draft.units)
        return file(name, csv_bytes(_rows(draft)), CSV, Taken("Chấm điểm, bản nháp (CSV)", period, rows, asked.unit))

    async def _draft(self, asked: _Asked) -> Draft:
        rule, part = self.rule(asked.until), asked.unit.strip().casefold()
        async with self.transactions.read() as session:
            tallies = await reading_store.tallies(session, asked.since, asked.until + timedelta(days=1))
            _, counted = await marked(session, GRADES)
        found = {name: graded(one, {}, rule) for name, one in tallies.items() if part in name.casefold()}
        return Draft(rule, found, counted)


@dataclass(frozen=True)
class _Asked:
    """Whose grades are asked for."""

    since: date
    until: date
    """The last day."""
    unit: str
    """Part of its name."""

    @classmethod
    def of(cls, visit: Visit) -> _Asked:
        return cls(*_period(visit), visit.asked.get("don-vi", ""))

    @property
    def query(self) -> Mapping[str, str]:
        return {"tu": self.since.isoformat(), "den": self.until.isoformat(), "don-vi": self.unit}


def _rows(draft: Draft) -> Iterator[Sequence[Cell]]:
    yield ["BẢN NHÁP, không phải điểm chính thức", draft.rule.source, draft.rule.doubt]
    yield [draft.holds]
    yield ["Đơn vị", "Số hồ sơ", "Số được đánh giá", *INDICES.values(), "Tổng", "Xếp loại", "Thấp nhất", "Cao nhất"]
    for unit, one in draft.units.items():
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
