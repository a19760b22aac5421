"""The versions of the catalogue, and the way back to the one before."""

from __future__ import annotations

from aiohttp import web

from bot.console.catalogue.outside import HOME, Outside, say
from bot.console.catalogue.words import VERSIONS
from bot.console.done import go
from bot.console.roles import CATALOGUE_READERS, EDITORS
from bot.console.routing import Refused, Route, Visit
from bot.jobs.job import JobError, JobKind
from nlu.catalogue.proposal_store import ProposalState, ProposalStore
from nlu.catalogue.store import CatalogueStore, State

SHOWN = 60


class VersionPages:
    """``/canbo/thu-tuc/ban``."""

    def __init__(self, outside: Outside) -> None:
        """Take what the pages call."""
        self._outside = outside

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", f"{HOME}/ban", CATALOGUE_READERS, self.listed),
            Route("POST", f"{HOME}/ban/quay-lai", EDITORS, self.roll_back),
        ]

    async def listed(self, visit: Visit) -> web.StreamResponse:
        """List the versions that are or were live."""
        async with self._outside.transactions.read() as session:
            found = await CatalogueStore(session).published(SHOWN)
            proposed = await ProposalStore(session).list(tuple(ProposalState), SHOWN)
        live = next((one for one in found if one.state is State.LIVE), None)
        return self._outside.frame.respond(
            visit,
            "catalogue_versions.html",
            versions=found,
            live=live,
            proposed={one.version for one in proposed},
            job=await self._outside.jobs.newest(JobKind.ROLLBACK, str(live.number) if live else ""),
            states=VERSIONS,
            may_edit=visit.official.has(EDITORS),
        )

    async def roll_back(self, visit: Visit) -> web.StreamResponse:
        """Begin to return to the version before."""
        why, live = visit.text("why"), visit.text("live")
        if not why:
            raise Refused("Ghi lý do quay lại: nhật ký cần biết vì sao.")
        async with self._outside.transactions.read() as session:
            store = CatalogueStore(session)
            number = await store.live_number()
            present = await store.version(number) if number is not None else None
        if present is None or str(present.number) != live:
            raise Refused("Bản đang dùng vừa thay đổi. Tải lại trang rồi xem lại.", 409)
        if present.replaced is None:
            raise Refused("Đây là bản đầu tiên nên không có bản nào để quay lại.", 409)
        try:
            await self._outside.jobs.start(JobKind.ROLLBACK, visit.official.account, live, {"why": why})
        except JobError as error:
            raise Refused(say(error, "Chưa bắt đầu được; thử lại sau ít phút."), 409) from error
        return go(f"{HOME}/ban", f"Đang quay lại bản {present.replaced}.")
