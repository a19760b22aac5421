"""Proposals: what they change, what they would answer, the second person's word, and publishing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from aiohttp import web

from bot.console.catalogue.outside import HOME, Outside, number_of, say
from bot.console.catalogue.words import ASPECTS, KINDS, OUTCOMES, PARTS, PROPOSALS, SEVERITIES, TURNS
from bot.console.done import go
from bot.console.roles import CATALOGUE_READERS, EDITORS
from bot.console.routing import Refused, Route, Visit
from bot.jobs.job import JobError, JobKind
from bot.replay.replay import Replayed
from nlu.catalogue.diff import Changed, compare
from nlu.catalogue.errors import CatalogueError, NotApprovedError, OutdatedDraftError
from nlu.catalogue.importing.findings import Severity
from nlu.catalogue.proposal_store import OPEN, Proposal, ProposalState, ProposalStore
from nlu.catalogue.proposals import approve, send_back
from nlu.catalogue.store import CatalogueStore, Named, Version

SIZE = 25
LISTED = 50
REMEMBERED = 16
"""Comparisons that are remembered; one of a whole import takes about a megabyte."""
FIRST = ("papers", "fees", "times")
"""Parts that open by themselves; the others are folded."""


@dataclass(frozen=True)
class Difference:
    """One page of what a proposal changes."""

    against: int | None
    added: Sequence[Named]
    removed: Sequence[Named]
    changed: int
    shown: Sequence[Changed]
    page: int
    pages: int
    gone: bool = False
    """Whether the content of a proposal that came to nothing was deleted meanwhile."""


class ProposalPages:
    """Deciding about proposals."""

    def __init__(self, outside: Outside) -> None:
        """Take what the pages call."""
        self._outside = outside
        self._compared: OrderedDict[tuple[int, int], tuple[list[Named], list[Named], list[Named]]] = OrderedDict()

    def routes(self) -> list[Route]:
        """Return the routes."""
        one = HOME + r"/de-nghi/{number:\d+}"
        return [
            Route("GET", f"{HOME}/de-nghi", CATALOGUE_READERS, self.listed),
            Route("GET", one, CATALOGUE_READERS, self.shown),
            Route("POST", f"{one}/chay-thu", EDITORS, self.replay),
            Route("POST", f"{one}/duyet", EDITORS, self.approve),
            Route("POST", f"{one}/tra-lai", EDITORS, self.send_back),
            Route("POST", f"{one}/cong-bo", EDITORS, self.publish),
        ]

    async def listed(self, visit: Visit) -> web.StreamResponse:
        """List the proposals, those that wait first."""
        mark = visit.asked.get("truoc", "")
        async with self._outside.transactions.read() as session:
            store = ProposalStore(session)
            waiting = await store.list(OPEN, LISTED)
            done = [one for one in ProposalState if one not in OPEN]
            others = await store.list(done, LISTED, number_of(mark) if mark else None)
        return self._outside.frame.respond(
            visit,
            "catalogue_proposals.html",
            waiting=waiting,
            others=others,
            before=others[-1].version if len(others) == LISTED else None,
            states=PROPOSALS,
            kinds=KINDS,
            me=visit.official.account,
        )

    async def shown(self, visit: Visit) -> web.StreamResponse:
        """Show one proposal."""
        number = number_of(visit.part["number"])
        proposal, draft, live = await self._proposal(number)
        page = visit.asked.get("trang", "1")
        difference = await self._difference(draft, live, number_of(page) if page else 1)
        replaying = await self._outside.jobs.newest(JobKind.REPLAY, str(number))
        publishing = await self._outside.jobs.newest(JobKind.PUBLISH, str(number))
        editor = visit.official.has(EDITORS)
        mine = visit.official.account in proposal.authors
        current = draft.base == live
        return self._outside.frame.respond(
            visit,
            "catalogue_proposal.html",
            one=proposal,
            draft=draft,
            live=live,
            diff=difference,
            first=FIRST,
            states=PROPOSALS,
            kinds=KINDS,
            parts=PARTS,
            findings=_findings(proposal.findings),
            replaying=replaying,
            replayed=replaying.result_as(Replayed) if replaying else None,
            publishing=publishing,
            turns=TURNS,
            aspects={aspect.value: word for aspect, word in ASPECTS.items()},
            outcomes=OUTCOMES,
            current=current,
            mine=mine,
            may_decide=editor and not mine and current and proposal.state is ProposalState.WAITING,
            may_return=editor and proposal.state in OPEN,
            may_publish=editor and current and proposal.state is ProposalState.APPROVED,
            may_replay=editor and proposal.state in OPEN,
        )

    async def replay(self, visit: Visit) -> web.StreamResponse:
        """Ask the regression questions again, in the background."""
        number = number_of(visit.part["number"])
        await self._proposal(number)
        return await self._begun(visit, number, JobKind.REPLAY, "Đang hỏi lại các câu kiểm tra trên bản đề nghị.")

    async def approve(self, visit: Visit) -> web.StreamResponse:
        """Say as a second person that it may be published."""
        number = number_of(visit.part["number"])
        note = visit.text("note")
        try:
            await approve(self._outside.transactions, number, visit.official.account, visit.at, note)
        except CatalogueError as error:
            raise Refused(say(error, "Đề nghị không còn chờ duyệt; tải lại trang để xem."), 409) from error
        await self._outside.noted(visit, "Duyệt đề nghị danh mục", str(number), note)
        return go(f"{HOME}/de-nghi/{number}", f"Đã duyệt đề nghị {number}. Bây giờ có thể công bố.")

    async def send_back(self, visit: Visit) -> web.StreamResponse:
        """Send it back, or withdraw it."""
        number, note = number_of(visit.part["number"]), visit.text("note")
        if not note:
            raise Refused("Ghi lý do trả lại để người soạn biết phải sửa gì.")
        try:
            await send_back(self._outside.transactions, number, visit.official.account, visit.at, note)
        except CatalogueError as error:
            raise Refused(say(error, "Đề nghị đã được quyết định rồi; tải lại trang để xem."), 409) from error
        await self._outside.noted(visit, "Trả lại đề nghị danh mục", str(number), note)
        return go(f"{HOME}/de-nghi/{number}", f"Đã trả lại đề nghị {number}.")

    async def publish(self, visit: Visit) -> web.StreamResponse:
        """Publish an approved proposal, in the background; the service checks again that it is approved."""
        proposal, draft, live = await self._proposal(number_of(visit.part["number"]))
        if proposal.state is not ProposalState.APPROVED:
            raise Refused(say(NotApprovedError(), ""), 409)
        if draft.base != live:
            raise Refused(say(OutdatedDraftError(), ""), 409)
        return await self._begun(
            visit, proposal.version, JobKind.PUBLISH, "Đang công bố; trợ lý dùng bản mới trong vòng một phút."
        )

    async def _begun(self, visit: Visit, number: int, kind: JobKind, said: str) -> web.StreamResponse:
        try:
            await self._outside.jobs.start(kind, visit.official.account, str(number))
        except JobError as error:
            raise Refused(say(error, "Chưa bắt đầu được việc này; thử lại sau ít phút."), 409) from error
        return go(f"{HOME}/de-nghi/{number}", said)

    async def _proposal(self, number: int) -> tuple[Proposal, Version, int | None]:
        async with self._outside.transactions.read() as session:
            store = CatalogueStore(session)
            proposal, draft = await ProposalStore(session).find(number), await store.version(number)
            live = await store.live_number()
        if proposal is None or draft is None:
            raise Refused("Không có đề nghị này.", 404)
        return proposal, draft, live

    async def _difference(self, draft: Version, live: int | None, page: int) -> Difference:
        """Compare with the version that the proposal was made on; what is live tells the same until it is published."""
        against = draft.replaced if draft.published_at is not None else draft.base
        async with self._outside.transactions.read() as session:
            store = CatalogueStore(session)
            if await store.is_empty(draft.number):
                return Difference(against, (), (), 0, (), 1, 1, gone=True)
            added, removed, changed = await self._differing(store, against or 0, draft.number)
            pages = max(1, -(-len(changed) // SIZE))
            page = min(max(page, 1), pages)
            codes = [one.code for one in changed[(page - 1) * SIZE : page * SIZE]]
            olds = await store.get_many(against, codes) if against is not None else []
            news = await store.get_many(draft.number, codes)
        shown = [Changed(new.code, new.name, tuple(compare(old, new))) for old, new in zip(olds, news, strict=True)]
        return Difference(against, added, removed, len(changed), shown, page, pages)

    async def _differing(
        self, store: CatalogueStore, old: int, new: int
    ) -> tuple[list[Named], list[Named], list[Named]]:
        """Return what two versions differ in; versions never change, so what was compared last is remembered."""
        if (old, new) not in self._compared:
            self._compared[old, new] = await store.differing(old, new)
            while len(self._compared) > REMEMBERED:
                self._compared.popitem(last=False)
        return self._compared[old, new]


def _findings(text: str) -> list[tuple[str, str, int]]:
    """Return what an import found: kind, reason, how often."""
    rows = msgspec.json.decode(text, type=list[tuple[str, str, int]]) if text else []
    return [(SEVERITIES[Severity(kind)], reason, count) for kind, reason, count in rows]
