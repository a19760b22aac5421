"""What tells of the sender: the words as they were written, files, contact data. Each look says why, and is written down."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from bot.console.files import NOTED, TAKEN
from bot.console.routing import Refused, Route, Visit
from bot.console.triage.case_page import CASE, record_of
from bot.console.triage.desk import TriageDesk
from bot.console.triage.list_page import WORKS
from bot.console.triage.queues import address_of
from bot.console.triage.refusals import NO_SUCH, said_of
from bot.console.triage.words import GLOBALS
from feedback.actor import NotAllowedError
from feedback.attachments.files import FileGoneError
from feedback.attachments.store import ScanState
from feedback.case import SenderOf
from feedback.errors import FeedbackError
from feedback.register_store import NoSuchRecordError

NEEDS_WHY = "Hãy ghi lý do xem; lý do được lưu trong nhật ký. Chưa có gì được mở."
WORDS, FILE, SENDER = "phản ánh: nguyên văn", "phản ánh: tệp đính kèm", "phản ánh: thông tin liên hệ"


@dataclass(frozen=True)
class SeeingPages:
    """See the module."""

    desk: TriageDesk

    def routes(self) -> list[Route]:
        """Return the routes: they change nothing, but nothing of them belongs into an address or a history."""
        return [
            Route("POST", CASE + "/nguyen-van", WORKS, self.words),
            Route("POST", CASE + "/lien-he", WORKS, self.contact),
            Route("POST", CASE + "/tep/{file:[0-9a-f]{1,64}}", WORKS, self.file),
        ]

    async def words(self, visit: Visit) -> web.StreamResponse:
        """Show the words as they were written, and the names of the files."""
        return await self._page(visit, WORDS)

    async def contact(self, visit: Visit) -> web.StreamResponse:
        """Show who sent it; that stands in the log of the register itself."""
        return await self._page(visit, SENDER)

    async def file(self, visit: Visit) -> web.StreamResponse:
        """Hand a file out."""
        desk, why, record = self.desk, self._why(visit), record_of(visit)
        try:
            async with desk.transactions.write() as session:
                case = await desk.steps.reading.open(session, visit.actor, record, visit.at)
                id = visit.part["file"]
                found, content = await desk.files.one(session, visit.actor, record, id, why, visit.at)
                await desk.looks.note(session, visit.official, FILE, case.register_number, why, visit.at)
        except NoSuchRecordError as error:
            raise Refused(said_of(error), 404) from error
        except FileGoneError as error:
            raise Refused("Tệp không còn trên máy chủ; hãy báo quản trị.", 404) from error
        except FeedbackError as error:
            raise Refused(said_of(error), 403) from error
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        response = web.Response(body=content, content_type=found.kind.value, headers=headers)
        response[TAKEN] = NOTED
        return response

    async def _page(self, visit: Visit, what: str) -> web.StreamResponse:
        desk, why, record, sent = self.desk, self._why(visit), record_of(visit), None
        try:
            async with desk.transactions.write() as session:
                case = await desk.steps.reading.open(session, visit.actor, record, visit.at)
                if desk.steps.reading.hides_sender(visit.actor, case, visit.at):
                    raise NotAllowedError(f"{visit.actor.id} is of the agency that is complained about")
                if what == SENDER:
                    sent = await desk.steps.reading.see_sender(session, visit.actor, record, visit.at, why)
                files = await desk.attachments.all_of_record(session, record) if what == WORDS else ()
                await desk.looks.note(session, visit.official, what, case.register_number, why, visit.at)
        except NoSuchRecordError as error:
            raise Refused(NO_SUCH, 404) from error
        except FeedbackError as error:
            raise Refused(said_of(error), 403) from error
        return desk.frame.respond(
            visit,
            "triage_seen.html",
            case=case,
            sent=_shown(sent),
            files=files,
            refused=ScanState.REFUSED,
            pending=ScanState.PENDING,
            why=why,
            words=what == WORDS,
            hang=visit.text("hang"),
            path=address_of(record),
            **GLOBALS,
        )

    def _why(self, visit: Visit) -> str:
        why = visit.text("ly-do")[:300]
        if not why:
            raise Refused(NEEDS_WHY)
        return why


def _shown(sent: SenderOf | None) -> list[tuple[str, str]]:
    if sent is None:
        return []
    who = sent.sender
    found = (("Tên", who.name), ("Địa chỉ", who.address), ("Điện thoại", who.phone), ("Thư điện tử", who.email))
    return [(label, said or "không có") for label, said in found]
