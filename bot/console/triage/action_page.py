"""The form of a step, and making it: nothing typed is lost, and nobody overwrites what somebody else did meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.done import go
from bot.console.routing import Refused, Route, Visit
from bot.console.triage.answering_forms import latest_draft
from bot.console.triage.case_page import CASE, record_of
from bot.console.triage.counting import Counts
from bot.console.triage.desk import TriageDesk
from bot.console.triage.forms import Asked, Field, FieldKind, FormError, StepForm, offered, row_named
from bot.console.triage.history_view import lines_of, since_revision
from bot.console.triage.list_page import WORKS
from bot.console.triage.queues import address, address_of
from bot.console.triage.refusals import NO_SUCH, OVERTAKEN, said_of
from bot.console.triage.template_words import TEXT, values_of
from bot.console.triage.words import GLOBALS, STATUSES, present
from feedback.actor import Role
from feedback.beside.templates import ACTIONS, filled
from feedback.case import Case
from feedback.disclosure import is_accused
from feedback.errors import FeedbackError
from feedback.register_store import NoSuchRecordError, OvertakenError
from feedback.transitions import Action
from feedback.working_time.zone import here


@dataclass(frozen=True)
class Again:
    """Why a form is shown again."""

    sentence: str = ""
    overtaken: bool = False
    status: int = 200


@dataclass(frozen=True)
class ActionPages:
    """See the module."""

    desk: TriageDesk
    counts: Counts
    forms: Sequence[StepForm]

    def routes(self) -> list[Route]:
        """Return the routes."""
        path = CASE + "/lam/{step:[a-z-]{1,30}}"
        return [Route("GET", path, WORKS, self.show), Route("POST", path, WORKS, self.make)]

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show the form."""
        return await self._page(visit, self._form(visit), Again())

    async def make(self, visit: Visit) -> web.StreamResponse:
        """Make the step, or show the form again with what was typed."""
        desk, form, record = self.desk, self._form(visit), record_of(visit)
        if visit.text("mau"):
            return await self._page(visit, form, Again())
        try:
            async with desk.transactions.write() as session:
                asked = await self._asked(session, visit)
                if str(asked.case.revision) != visit.text("ban"):
                    raise OvertakenError("the page was made of an older revision")
                said = await form.do(asked, visit)
                # What was typed is done: colleagues are not told any more that somebody types.
                await desk.beside.viewers.leave(session, record, visit.actor.id)
                after = await desk.register.get(session, record)
        except OvertakenError:
            return await self._page(visit, form, Again(OVERTAKEN, overtaken=True, status=409))
        except NoSuchRecordError as error:
            if visit.text("so"):
                return await self._page(
                    visit, form, Again("Không có phản ánh nào với số đó mà bạn mở được.", status=422)
                )
            raise Refused(NO_SUCH, 404) from error
        except FormError as error:
            return await self._page(visit, form, Again(str(error), status=422))
        except FeedbackError as error:
            return await self._page(visit, form, Again(said_of(error), status=422))
        self.counts.forget()
        hang = visit.text("hang")
        opens = desk.steps.stepping.disclosure.may_open(visit.actor, after, here(visit.at).date())
        return go(address_of(record, hang) if opens else address({}, hang=hang), said)

    def _form(self, visit: Visit) -> StepForm:
        found = next((one for one in self.forms if one.slug == visit.part["step"]), None)
        if found is None:
            raise Refused("Không có bước này.", 404)
        return found

    async def _asked(self, session: AsyncSession, visit: Visit) -> Asked:
        case = await self.desk.steps.reading.open(session, visit.actor, record_of(visit), visit.at)
        return Asked(self.desk, session, visit.actor, case, visit.at)

    async def _page(self, visit: Visit, form: StepForm, again: Again) -> web.StreamResponse:
        desk, record = self.desk, record_of(visit)
        try:
            async with desk.transactions.read() as session:
                asked = await self._asked(session, visit)
                case = asked.case
                _check(form, asked, again)
                fields = await form.fields(asked)
                templates = await self._templates(session, form, case)
                meanwhile = await self._meanwhile(asked, visit) if again.overtaken else {}
                shown = [one.typed(visit) for one in fields] if visit.typed is not None else list(fields)
                if visit.text("mau"):
                    shown = await self._with_template(asked, shown, row_named(visit, "mau"))
                draft = await self._draft(asked, form)
        except NoSuchRecordError as error:
            raise Refused(NO_SUCH, 404) from error
        async with desk.transactions.write() as session:
            viewers = await desk.beside.viewers.see(
                session, record, visit.actor.id, visit.official.name, visit.at, typing=True
            )
        return desk.frame.respond(
            visit,
            "triage_action.html",
            again.status,
            form=form,
            case=case,
            fields=shown,
            kinds_of=FieldKind,
            templates=templates,
            again=again,
            draft=draft,
            viewers=present(viewers),
            hang=visit.asked.get("hang", "") or visit.text("hang"),
            path=address_of(record),
            unit_name=desk.unit_name,
            **{"meanwhile": (), "theirs": "", **meanwhile},
            **GLOBALS,
        )

    async def _templates(self, session: AsyncSession, form: StepForm, case: Case) -> Sequence[Any]:
        action = next((one for one in form.actions if one in ACTIONS), None)
        return (await self.desk.beside.templates.fitting(session, case, action))[:9] if action else ()

    async def _with_template(self, asked: Asked, fields: Sequence[Field], id: int) -> list[Field]:
        """Fill a template in behind what was typed already."""
        found = await self.desk.beside.templates.store.get(asked.session, id)
        if found is None:
            return list(fields)
        text = filled(found.text, await values_of(asked))
        return [
            replace(one, value=f"{one.value}\n\n{text}".strip()) if one.name in TEXT.get(found.action, ()) else one
            for one in fields
        ]

    async def _meanwhile(self, asked: Asked, visit: Visit) -> Mapping[str, Any]:
        """Return what others did since the page was made, and their words."""
        given = visit.text("ban")
        steps = asked.case.revision - int(given) if given.isdecimal() and len(given) < 9 else 1
        told = await self.desk.steps.reading.history(asked.session, asked.actor, asked.case.id, asked.at)
        newest = since_revision(told, steps)
        names = await self.desk.named(asked.session)
        wrote = any(one.entry.action in (Action.DRAFT, Action.ASSESS) for one in newest)
        draft = await latest_draft(asked) if wrote else None
        return {
            "meanwhile": lines_of(newest, names, self.desk.unit_name, self.desk.words.mask),
            "theirs": draft.answer.text if draft else "",
        }

    async def _draft(self, asked: Asked, form: StepForm) -> Any:
        """Return the draft that is to be approved, to be read before."""
        if form.slug != "duyet" or not asked.actor.has({Role.APPROVER}):
            return None
        return await latest_draft(asked)


def _check(form: StepForm, asked: Asked, again: Again) -> None:
    """Refuse a form that leads to nothing."""
    if is_accused(asked.actor, asked.case):
        raise Refused("Phản ánh này nói về bạn nên bạn không làm được việc này.", 403)
    # What somebody else did meanwhile is shown first, whether the step still fits or not.
    if not again.overtaken and not offered(form, asked.actor, asked.case):
        status = STATUSES[asked.case.status]
        raise Refused(
            f"Phản ánh đang ở trạng thái “{status}” nên vai trò của bạn không làm được bước “{form.title}”.", 409
        )
