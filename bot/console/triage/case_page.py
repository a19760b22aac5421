"""The page of a case: what it says, where it stands, its clocks and log, and everything that can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.done import go
from bot.console.routing import Refused, Route, Visit
from bot.console.triage.bands import band_of
from bot.console.triage.clock_view import clock_views
from bot.console.triage.counting import Counts
from bot.console.triage.desk import Spoken, TriageDesk
from bot.console.triage.forms import StepForm, offered
from bot.console.triage.history_view import lines_of, seconds_to_undo
from bot.console.triage.list_page import WORKS
from bot.console.triage.queues import PATH, address, address_of, queue_of
from bot.console.triage.refusals import NO_SUCH, said_of
from bot.console.triage.words import GLOBALS, HIDDEN, present
from feedback.actor import Actor, NotAllowedError, Role
from feedback.beside.notes import LONGEST
from feedback.case import Case
from feedback.clocks import DUTIES, State
from feedback.disclosure import is_accused
from feedback.errors import FeedbackError
from feedback.listing_store import Mark
from feedback.log_store import Told
from feedback.publication.service import PUBLISHES
from feedback.register_store import NoSuchRecordError
from feedback.transitions import ANSWERED, Action
from feedback.undoing import CHILD
from feedback.working_time.zone import here

BEFORE, AFTER = timedelta(minutes=40), timedelta(minutes=10)
"""The words around a submission that stand beside it."""
CASE = PATH + "/{record:[0-9]{1,9}}"
UNDO_WHY = "hoàn tác ngay"
TOO_LATE = (
    "Đã quá {minutes} phút, hoặc bước cuối không phải của bạn hay đã báo cho người gửi, nên không hoàn tác được nữa."
)


def record_of(visit: Visit) -> int:
    """Return the record that the address names."""
    return int(visit.part["record"])


@dataclass(frozen=True)
class CasePage:
    """See the module."""

    desk: TriageDesk
    counts: Counts
    forms: Sequence[StepForm]

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", CASE, WORKS, self.show),
            Route("GET", CASE + "/tiep", WORKS, self.next),
            Route("POST", CASE + "/hoan-tac", WORKS, self.undo),
        ]

    async def show(self, visit: Visit, note: str = "", wrong: str = "") -> web.StreamResponse:
        """Show the case, masked; with a note that was typed and is refused."""
        desk, actor, record, at = self.desk, visit.actor, record_of(visit), visit.at
        try:
            async with desk.transactions.read() as session:
                values = await self._values(session, visit, record)
        except NoSuchRecordError as error:
            raise Refused(NO_SUCH, 404) from error
        async with desk.transactions.write() as session:
            viewers = await desk.beside.viewers.see(session, record, actor.id, visit.official.name, at)
        return desk.frame.respond(
            visit,
            "triage_case.html",
            422 if wrong else 200,
            note=note,
            wrong=wrong,
            longest_note=LONGEST,
            viewers=present(viewers),
            hang=visit.asked.get("hang", ""),
            queue=queue_of(visit.asked.get("hang", "")),
            back=address({}, hang=visit.asked.get("hang", "")),
            path=address_of(record),
            list_path=PATH,
            unit_name=desk.unit_name,
            mask=desk.words.mask,
            **values,
            **GLOBALS,
        )

    async def next(self, visit: Visit) -> web.StreamResponse:
        """Go to the record behind this one in its queue."""
        desk, queue = self.desk, queue_of(visit.asked.get("hang", ""))
        async with desk.transactions.read() as session:
            try:
                case = await desk.register.get(session, record_of(visit))
            except NoSuchRecordError as error:
                raise Refused(NO_SUCH, 404) from error
            wanted, mark = queue.wanted(visit.actor, desk.bounds(visit.at)), Mark(case.entered_at, case.id)
            page = await desk.listing.page(session, visit.actor, wanted, visit.at, mark, 20)
            rules, day = desk.steps.stepping.disclosure, here(visit.at).date()
            mine = [one for one in page.lines if rules.may_open_standing(visit.actor, one.unit, one.status, day)]
        if not mine:
            return go(address({}, hang=queue.slug), "Đã hết hàng việc này.")
        return go(address_of(mine[0].id, queue.slug))

    async def undo(self, visit: Visit) -> web.StreamResponse:
        """Take back the own last step, within the minutes that the office allows."""
        desk, record = self.desk, record_of(visit)
        try:
            async with desk.transactions.write() as session:
                told = await desk.steps.stepping.log.of(session, record)
                if not seconds_to_undo(told, visit.actor, visit.at, desk.office.policy.undo_minutes):
                    raise Refused(TOO_LATE.format(minutes=desk.office.policy.undo_minutes), 409)
                await desk.steps.undoing.undo(session, visit.actor, record, UNDO_WHY, visit.at)
        except FeedbackError as error:
            raise Refused(said_of(error), 409) from error
        self.counts.forget()
        return go(address_of(record, visit.text("hang")), "Đã hoàn tác bước vừa làm.")

    async def _values(self, session: AsyncSession, visit: Visit, record: int) -> dict[str, Any]:
        desk, actor, at = self.desk, visit.actor, visit.at
        reading = desk.steps.reading
        case = await reading.open(session, actor, record, at)
        told = await reading.history(session, actor, record, at)
        hidden = reading.hides_sender(actor, case, at)
        acts = not is_accused(actor, case)
        deadlines = await desk.clocks.of(session, case)
        names = await desk.named(session)
        due = min(
            (one.due_at for one in deadlines if one.due_at and one.state is State.OPEN and one.rule in DUTIES),
            default=None,
        )
        return {
            "case": case,
            "hidden": hidden,
            "acts": acts,
            "proposal": desk.words.mask(case.matter.proposal),
            "hidden_words": HIDDEN,
            "clocks": clock_views(deadlines, desk.clocks.timer, at),
            "band": band_of(case.status, due, desk.bounds(at)),
            "history": lines_of(told, names, desk.unit_name, desk.words.mask),
            "again": next((one.why for one in reversed(told) if one.entry.action is Action.REOPEN), ""),
            "undo": seconds_to_undo(told, actor, at, desk.office.policy.undo_minutes) if acts else 0,
            "officer": names.get(case.officer, case.officer),
            "accused": names.get(case.accused, case.accused) if not hidden else "",
            "answers": list(reversed(await reading.answers(session, actor, record, at))) if acts else [],
            "names": names,
            "notes": await desk.beside.notes.of(session, actor, record, at),
            "files": () if hidden else await desk.attachments.all_of_record(session, record),
            "sees": acts and not hidden and actor.has({Role.RECEIVER, Role.HANDLER}),
            **await self._public(session, actor, case, acts=acts),
            **await self._joined(session, actor, case, told, visit.at),
            **await self._talk(session, actor, case, visit),
        }

    async def _public(self, session: AsyncSession, actor: Actor, case: Case, *, acts: bool) -> Mapping[str, Any]:
        """Return what is public of the case, and the steps that are offered: what is not public is not taken off."""
        item = await self.desk.published.of_record(session, case.id)
        shown = item is not None and item.hidden_at is None
        return {
            "item": item,
            "link": self.desk.publishing.link(item.slug) if item is not None and shown else "",
            "forms": [one for one in self.forms if acts and offered(one, actor, case) and (one.slug != "go" or shown)],
            "publishes": acts and actor.has(PUBLISHES) and case.status in ANSWERED,
        }

    async def _joined(
        self, session: AsyncSession, actor: Actor, case: Case, told: Sequence[Told], at: datetime
    ) -> Mapping[str, Any]:
        """Return what the case is joined with: each leads to the other."""
        desk = self.desk
        into = await desk.register.get(session, case.merged_into) if case.merged_into else None
        parent = await desk.register.get(session, case.split_from) if case.split_from else None
        children = [int(one.details[CHILD]) for one in told if CHILD in one.details]
        try:
            ids = await desk.groups.like(session, actor, case)
        except NotAllowedError:
            ids = []
        return {
            "into": into,
            "parent": parent,
            "merged": await desk.register.merged(session, case.id),
            "children": [await desk.register.get(session, one) for one in children],
            "alike": await desk.listing.some(session, actor, ids, at),
        }

    async def _talk(self, session: AsyncSession, actor: Actor, case: Case, visit: Visit) -> Mapping[str, Any]:
        where = await self.desk.steps.reading.conversation(session, actor, case.id, visit.at)
        if where is None:
            return {"talk": None, "talk_gone": False}
        sent = case.submitted_at
        said = await self.desk.talks.around(session, where, sent - BEFORE, sent + AFTER)
        masked = [Spoken(one.at, one.citizen, self.desk.words.mask(one.text) if one.text else one.text) for one in said]
        return {"talk": masked, "talk_gone": not masked or any(one.text is None for one in masked)}
