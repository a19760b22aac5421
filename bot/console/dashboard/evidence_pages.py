"""``/canbo/kiem-tra``: the archive for an inspection, for auditors, with a reason that is noted before anything goes out."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.dashboard.evidence import Evidence
from bot.console.dashboard.pages import period_values
from bot.console.dashboard.periods import PeriodError, chosen, usual
from bot.console.dashboard.zipping import zipped
from bot.console.done import go
from bot.console.files import Streamed, Taken
from bot.console.frame import Area, Frame
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.jobs.job import BusyError, JobKind
from feedback.record import Book
from feedback.reports.making import READERS
from feedback.working_time.zone import here

PATH = "/canbo/kiem-tra"
AUDITORS = frozenset({ConsoleRole.AUDITOR})
AREA = Area("Kiểm tra", PATH, AUDITORS)
BUSY = "Đang có người kiểm chứng nhật ký rồi. Hãy chờ xong; kết quả hiện ở trang này."
SHORTEST, LONGEST = 10, 500
REASON = f"Hãy ghi lý do từ {SHORTEST} đến {LONGEST} ký tự, ví dụ số và ngày của quyết định kiểm tra."


@dataclass(frozen=True)
class EvidencePages:
    """The routes."""

    frame: Frame
    evidence: Evidence

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", PATH, AUDITORS, self.page),
            Route("POST", PATH, AUDITORS, self.export),
            Route("POST", f"{PATH}/kiem-chung", AUDITORS, self.verify),
        ]

    async def page(self, visit: Visit) -> web.StreamResponse:
        """Show the form."""
        return await self._form(visit)

    async def verify(self, visit: Visit) -> web.StreamResponse:
        """Begin to verify the whole log in the background."""
        try:
            await self.evidence.jobs.start(JobKind.VERIFY, visit.official.account)
        except BusyError as error:
            raise Refused(BUSY, 409) from error
        return go(PATH, "Đang kiểm chứng toàn bộ nhật ký; có thể rời trang này.")

    async def export(self, visit: Visit) -> web.StreamResponse:
        """Send the archive while it is made, once its reason is noted."""
        typed = {name: visit.text(name) for name in ("ky", "tu", "den")}
        why = visit.text("ly_do")
        try:
            days = chosen(typed, here(visit.at).date())
        except PeriodError as error:
            return await self._form(visit, period_wrong=str(error))
        if not SHORTEST <= len(why) <= LONGEST:
            return await self._form(visit, reason_wrong=REASON)
        visit.actor.require(*READERS)
        period = f"{days.first}..{days.last}"
        archive = zipped(self.evidence.parts(visit.actor, days, visit.at), visit.at)
        taken = Taken("Tài liệu kiểm tra (ZIP)", period, why=why)
        return Streamed(f"kiem-tra-{days.first}-{days.last}.zip", "application/zip", archive, taken)

    async def _form(self, visit: Visit, period_wrong: str = "", reason_wrong: str = "") -> web.Response:
        days = usual(here(visit.at).date(), "nam")
        values = period_values(visit, days, "")
        if visit.typed is not None:
            values |= {"kind": visit.text("ky"), "since": visit.text("tu"), "until": visit.text("den")}
        return self.frame.respond(
            visit,
            "board_evidence.html",
            422 if period_wrong or reason_wrong else 200,
            **{**values, "wrong": period_wrong},
            reason_wrong=reason_wrong,
            why=visit.text("ly_do"),
            trial=self.evidence.book is Book.TRIAL,
            longest=LONGEST,
            verified=await self.evidence.verified(),
            verifying=await self.evidence.jobs.newest(JobKind.VERIFY),
        )
