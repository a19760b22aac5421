"""One thing done with many records: each in a transaction of its own, and one summary of what worked, what did not, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.routing import Refused, Route, Visit
from bot.console.triage.bulk_forms import BULK, BulkForm
from bot.console.triage.counting import Counts
from bot.console.triage.desk import TriageDesk
from bot.console.triage.forms import Asked, Field, FieldKind, FormError, rows_named
from bot.console.triage.list_page import WORKS
from bot.console.triage.queues import PATH
from bot.console.triage.refusals import said_of
from feedback.case import Case
from feedback.errors import FeedbackError
from feedback.register_store import OvertakenError

MOST_BYTES = 2 * 1024 * 1024
OVERTAKEN = "Người khác vừa thay đổi phản ánh này nên chưa làm gì; hãy mở xem trước."


@dataclass(frozen=True)
class Chosen:
    """A record of the choice, as the form shows it."""

    case: Case
    fields: Sequence[Field]


@dataclass(frozen=True)
class Result:
    """What became of one record."""

    id: int
    number: str
    done: bool
    said: str


@dataclass(frozen=True)
class BulkPage:
    """See the module."""

    desk: TriageDesk
    counts: Counts

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("POST", f"{PATH}/hang-loat", WORKS, self.post, MOST_BYTES)]

    async def post(self, visit: Visit) -> web.StreamResponse:
        """Show the form for what was ticked; do it, when it comes from that form."""
        form = BULK.get(visit.text("viec"))
        if form is None:
            raise Refused("Hãy chọn việc cần làm với các dòng đã chọn.")
        if not visit.official.has(form.roles):
            raise Refused("Vai trò của bạn không làm được việc này.", 403)
        ids = rows_named(visit, "chon")
        if not ids:
            raise Refused("Chưa chọn phản ánh nào. Hãy đánh dấu các dòng cần làm rồi chọn việc.")
        if len(ids) > form.most:
            raise Refused(f"Mỗi lần chỉ làm được với {form.most} phản ánh. Hãy bỏ bớt dấu chọn.")
        return await (self._all(visit, form, ids) if visit.text("lam") else self._form(visit, form, ids))

    async def _form(self, visit: Visit, form: BulkForm, ids: Sequence[int]) -> web.StreamResponse:
        chosen: list[Chosen] = []
        failed: list[tuple[int, FeedbackError | Refused]] = []
        fields: Sequence[Field] = ()
        async with self.desk.transactions.read() as session:
            for id in ids:
                try:
                    case = await self.desk.steps.reading.open(session, visit.actor, id, visit.at)
                    asked = Asked(self.desk, session, visit.actor, case, visit.at)
                    fields = fields or await form.fields(asked)
                    chosen.append(Chosen(case, await form.own(asked, visit)))
                except (FeedbackError, Refused) as error:
                    failed.append((id, error))
        return self.desk.frame.respond(
            visit,
            "triage_bulk.html",
            form=form,
            chosen=chosen,
            left=[await self._failed(visit, id, error) for id, error in failed],
            fields=fields,
            kinds_of=FieldKind,
            back=self._back(visit),
            query=visit.text("ve"),
            path=PATH,
        )

    async def _all(self, visit: Visit, form: BulkForm, ids: Sequence[int]) -> web.StreamResponse:
        results = [await self._one(visit, form, id) for id in ids]
        self.counts.forget()
        return self.desk.frame.respond(
            visit, "triage_bulk_done.html", form=form, results=results, back=self._back(visit), path=PATH
        )

    async def _one(self, visit: Visit, form: BulkForm, id: int) -> Result:
        try:
            async with self.desk.transactions.write() as session:
                case = await self.desk.steps.reading.open(session, visit.actor, id, visit.at)
                if visit.text(f"ban-{id}") != str(case.revision):
                    raise OvertakenError("the page was made of an older revision")
                said = await form.do(Asked(self.desk, session, visit.actor, case, visit.at), visit)
        except (FeedbackError, Refused) as error:
            return await self._failed(visit, id, error)
        return Result(id, case.register_number, True, said)

    async def _failed(self, visit: Visit, id: int, error: FeedbackError | Refused) -> Result:
        async with self.desk.transactions.read() as session:
            # The number in the book stands in every list; it tells nothing that the list did not.
            lines = await self.desk.listing.some(session, visit.actor, [id], visit.at)
        number = lines[0].register_number if lines else "?"
        if isinstance(error, Refused):
            said = error.sentence
        elif isinstance(error, OvertakenError):
            said = OVERTAKEN
        else:
            said = str(error) if isinstance(error, FormError) else said_of(error)
        return Result(id, number, False, said)

    def _back(self, visit: Visit) -> str:
        query = visit.text("ve")
        return f"{PATH}?{query}" if query else PATH
