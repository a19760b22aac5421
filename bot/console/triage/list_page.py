"""The list of records: queues with counts, filters, saved filters, words, pages by marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl

from aiohttp import web

from bot.console.done import go
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.console.triage.bands import Band, band_of
from bot.console.triage.counting import Counts, written
from bot.console.triage.desk import TriageDesk
from bot.console.triage.forms import row_named
from bot.console.triage.queues import FILTERS, PATH, QUEUES, address, mark_of, queue_of, said, wanted_of
from bot.console.triage.words import GLOBALS
from feedback.actor import Actor
from feedback.clock_store import Bounds
from feedback.listing_store import Line
from feedback.working_time.zone import here

SIZE = 50
READS = frozenset(
    {
        ConsoleRole.RECEIVER,
        ConsoleRole.HANDLER,
        ConsoleRole.APPROVER,
        ConsoleRole.PUBLISHER,
        ConsoleRole.AUDITOR,
    }
)
WORKS = READS - {ConsoleRole.AUDITOR}
NOT_SAVED = "Bộ lọc chưa được lưu: cần một tên, và mỗi người lưu nhiều nhất 12 bộ lọc. Hãy xóa bớt hoặc đặt tên khác."


@dataclass(frozen=True)
class Row:
    """A record in the list."""

    line: Line
    band: Band | None
    opens: bool
    """Whether its page is this official's."""
    officer: str


@dataclass(frozen=True)
class ListPage:
    """See the module."""

    desk: TriageDesk
    counts: Counts

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", PATH, READS, self.show),
            Route("POST", f"{PATH}/bo-loc", READS, self.save),
            Route("POST", f"{PATH}/bo-loc/xoa", READS, self.drop),
        ]

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show a page of a queue."""
        desk, actor, at = self.desk, visit.actor, visit.at
        bounds = desk.bounds(at)
        asked = {name: visit.asked.get(name, "") for name in FILTERS}
        async with desk.transactions.read() as session:
            counts = await self.counts.of(session, actor, bounds, at)
            wanted = wanted_of(asked, actor, bounds)
            page = await desk.listing.page(session, actor, wanted, at, mark_of(visit.asked.get("sau", "")), SIZE)
            saved = await desk.beside.filters.of(session, actor.id)
            people = await desk.people.people(session)
        names = {one.account: one.name for one in people}
        queue = queue_of(asked["hang"])
        day = here(at).date()
        return desk.frame.respond(
            visit,
            "triage_list.html",
            queues=[(one, written(counts[one.slug]), address({}, hang=one.slug)) for one in QUEUES],
            queue=queue,
            asked=asked,
            rows=self._rows(page.lines, actor, bounds, day, names),
            next=address(asked, sau=said(page.next)) if page.next else "",
            first=address(asked) if visit.asked.get("sau") else "",
            saved=[(one, f"{PATH}?{one.query}") for one in saved],
            query=address(asked).partition("?")[2],
            narrowed=any(value for name, value in asked.items() if name != "hang"),
            units=[(one.code, one.name) for one in desk.office.units],
            people=[(one.account, one.name) for one in people],
            unit_name=desk.unit_name,
            works=visit.official.has(WORKS),
            does=visit.official.roles,
            roles=ConsoleRole,
            path=PATH,
            **GLOBALS,
        )

    async def save(self, visit: Visit) -> web.StreamResponse:
        """Save a filter under a name."""
        given = dict(parse_qsl(visit.text("loc")))
        query = address(given).partition("?")[2]
        async with self.desk.transactions.write() as session:
            kept = await self.desk.beside.filters.put(session, visit.actor.id, visit.text("ten"), query)
        if not kept:
            raise Refused(NOT_SAVED)
        return go(f"{PATH}?{query}", "Đã lưu bộ lọc.")

    async def drop(self, visit: Visit) -> web.StreamResponse:
        """Delete a saved filter."""
        async with self.desk.transactions.write() as session:
            await self.desk.beside.filters.drop(session, visit.actor.id, row_named(visit, "id"))
        return go(PATH, "Đã xóa bộ lọc.")

    def _rows(
        self, lines: Sequence[Line], actor: Actor, bounds: Bounds, day: date, names: dict[str, str]
    ) -> Sequence[Row]:
        rules = self.desk.steps.stepping.disclosure
        return [
            Row(
                line,
                band_of(line.status, line.due_at, bounds),
                rules.may_open_standing(actor, line.unit, line.status, day),
                names.get(line.officer, line.officer),
            )
            for line in lines
        ]
