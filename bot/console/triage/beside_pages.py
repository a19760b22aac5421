"""Private notes, and who else has a case open."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.done import go
from bot.console.routing import Refused, Route, Visit
from bot.console.triage.case_page import CASE, CasePage, record_of
from bot.console.triage.desk import TriageDesk
from bot.console.triage.forms import row_named
from bot.console.triage.list_page import WORKS
from bot.console.triage.queues import address_of
from bot.console.triage.refusals import NO_SUCH, said_of
from bot.console.triage.words import present
from feedback.errors import FeedbackError
from feedback.register_store import NoSuchRecordError


@dataclass(frozen=True)
class BesidePages:
    """See the module."""

    desk: TriageDesk
    case: CasePage
    """Shown again with a note that was refused."""

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("POST", CASE + "/ghi-chu", WORKS, self.add),
            Route("POST", CASE + "/ghi-chu/xoa", WORKS, self.drop),
            Route("POST", CASE + "/dang-xem", WORKS, self.look),
        ]

    async def add(self, visit: Visit) -> web.StreamResponse:
        """Keep a note."""
        record = record_of(visit)
        try:
            async with self.desk.transactions.write() as session:
                await self.desk.beside.notes.add(session, visit.actor, record, visit.text("noi-dung"), visit.at)
        except NoSuchRecordError as error:
            raise Refused(NO_SUCH, 404) from error
        except FeedbackError as error:
            return await self.case.show(visit, note=visit.text("noi-dung"), wrong=said_of(error))
        return go(address_of(record), "Đã lưu ghi chú nội bộ.")

    async def drop(self, visit: Visit) -> web.StreamResponse:
        """Delete an own note."""
        record = record_of(visit)
        try:
            async with self.desk.transactions.write() as session:
                id = row_named(visit, "id")
                dropped = await self.desk.beside.notes.drop(session, visit.actor, record, id, visit.at)
        except NoSuchRecordError as error:
            raise Refused(NO_SUCH, 404) from error
        said = "Đã xóa ghi chú." if dropped else "Ghi chú này không còn, hoặc không phải của bạn: chưa có gì bị xóa."
        return go(address_of(record), said)

    async def look(self, visit: Visit) -> web.StreamResponse:
        """Note that a page is open; say who else has it, and which revision stands now."""
        desk, record = self.desk, record_of(visit)
        try:
            async with desk.transactions.write() as session:
                case = await desk.steps.reading.open(session, visit.actor, record, visit.at)
                others = await desk.beside.viewers.see(
                    session, record, visit.actor.id, visit.official.name, visit.at, typing=bool(visit.text("go"))
                )
        except NoSuchRecordError as error:
            raise Refused(NO_SUCH, 404) from error
        return web.json_response(
            {"said": present(others), "revision": case.revision}, headers={"Cache-Control": "no-store"}
        )
