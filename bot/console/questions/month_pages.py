"""What was not answered, by month and topic: what the catalogue or the assistant lacks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.files import csv_file
from bot.console.questions.outside import HOME, Outside
from bot.console.questions.words import REASONS
from bot.console.roles import CATALOGUE_READERS
from bot.console.routing import Route, Visit
from bot.spreadsheets import Cell
from nlu.learning.month_store import Met, MonthStore
from nlu.learning.review import Reason

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
EXAMPLES = 3
ON_PAGE = 600
"""Different questions that the page looks at, those met most often; the table looks at more."""
IN_TABLE = 50_000


@dataclass(frozen=True)
class Topic:
    """A procedure that people asked about in vain; without a code nobody knows which one."""

    code: str
    name: str
    count: int
    reasons: Mapping[Reason, int]
    examples: tuple[str, ...]
    sure: bool
    """Whether a reviewer said for most of it that this procedure is meant."""


def topics_of(met: Sequence[Met], names: Mapping[str, str]) -> list[Topic]:
    """Gather what was met by procedure, the most frequent first."""
    groups: dict[str, list[Met]] = {}
    for one in met:
        groups.setdefault(one.code if one.code in names else "", []).append(one)
    found = []
    for code, some in groups.items():
        reasons: Counter[Reason] = Counter()
        for one in some:
            reasons[one.reason] += one.count
        total = sum(one.count for one in some)
        decided = sum(one.count for one in some if one.decided)
        examples = tuple(one.text for one in sorted(some, key=lambda one: -one.count)[:EXAMPLES])
        found.append(
            Topic(code, names.get(code, ""), total, dict(reasons.most_common()), examples, 2 * decided > total)
        )
    return sorted(found, key=lambda topic: (-topic.count, topic.code))


class MonthPages:
    """``/canbo/cau-hoi/thang``."""

    def __init__(self, outside: Outside) -> None:
        """Take what the pages call."""
        self._outside = outside

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", f"{HOME}/thang", CATALOGUE_READERS, self.shown),
            Route("GET", f"{HOME}/thang.csv", CATALOGUE_READERS, self.table),
        ]

    async def shown(self, visit: Visit) -> web.StreamResponse:
        """Show a month's topics."""
        month, totals, topics = await self._topics(visit, ON_PAGE)
        return self._outside.frame.respond(
            visit,
            "questions_months.html",
            month=month,
            totals=totals,
            most=max(totals.values(), default=1),
            topics=topics[:100],
            more=max(0, len(topics) - 100),
            reasons=REASONS,
            looked=ON_PAGE,
        )

    async def table(self, visit: Visit) -> web.StreamResponse:
        """Return the same for a spreadsheet."""
        month, _, topics = await self._topics(visit, IN_TABLE)
        head = ("Tháng", "Mã thủ tục", "Thủ tục", "Số lần", *REASONS.values(), "Ví dụ")
        rows = [(month, *_cells(one)) for one in topics]
        return csv_file(f"cau-hoi-{month}.csv", head, rows, "Câu hỏi chưa trả lời", month)

    async def _topics(self, visit: Visit, most: int) -> tuple[str, Mapping[str, int], list[Topic]]:
        asked = visit.asked.get("thang", "")
        month = asked if _MONTH.fullmatch(asked) else f"{self._outside.today():%Y-%m}"
        async with self._outside.transactions.read() as session:
            store = MonthStore(session)
            totals, met = await store.totals(), await store.met(month, most)
        names = await self._outside.names([one.code for one in met if one.code])
        return month, totals, topics_of(met, names)


def _cells(one: Topic) -> tuple[Cell, ...]:
    counts = (one.reasons.get(reason, 0) for reason in REASONS)
    return one.code, one.name, one.count, *counts, " | ".join(one.examples)
