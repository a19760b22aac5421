"""Corrects which codes are one service to a citizen; the search index is built anew in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiohttp import web

from bot.console.catalogue.outside import HOME, Outside, say
from bot.console.done import go
from bot.console.roles import CATALOGUE_READERS, EDITORS
from bot.console.routing import Refused, Route, Visit
from bot.jobs.job import JobError, JobKind
from nlu.catalogue.family_store import FamilyStore
from nlu.catalogue.model import Procedure
from nlu.catalogue.store import CatalogueStore

CHANGES = frozenset({"join", "split", "reset"})

Members = Callable[[], Sequence[tuple[str, ...]]]
"""Returns the codes of each service of the live search index."""


class FamilyPages:
    """``/canbo/thu-tuc/nhom``."""

    def __init__(self, outside: Outside, members: Members) -> None:
        """Take what the pages call, and the services as the assistant knows them."""
        self._outside = outside
        self._members = members

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", f"{HOME}/nhom", CATALOGUE_READERS, self.shown),
            Route("POST", f"{HOME}/nhom", EDITORS, self.change),
        ]

    async def shown(self, visit: Visit) -> web.StreamResponse:
        """Show the service of a code, and all corrections in force."""
        code = visit.asked.get("ma", "").strip()[:32]
        family = next((codes for codes in self._members() if code in codes), ())
        async with self._outside.transactions.read() as session:
            decided = await FamilyStore(session).in_force()
        named = [other for one in decided for other in (one.correction.code, one.correction.with_code) if other]
        known = {one.code: one for one in await self._records([*family, *named])}
        return self._outside.frame.respond(
            visit,
            "catalogue_family.html",
            code=code,
            family=[known[one] for one in family if one in known],
            decided=decided,
            names={one.code: one.name for one in known.values()},
            job=await self._outside.jobs.newest(JobKind.FAMILY, code),
            may_edit=visit.official.has(EDITORS),
        )

    async def change(self, visit: Visit) -> web.StreamResponse:
        """Begin a correction."""
        code, change, other, note = (visit.text(name) for name in ("code", "change", "with", "note"))
        known = {one.code for one in await self._records([code, other])}
        if change not in CHANGES:
            raise Refused("Chọn gộp, tách hoặc bỏ sửa.")
        if code not in known:
            raise Refused(f"Danh mục đang dùng không có thủ tục mã “{code}”.")
        if change == "join" and (other not in known or other == code):
            raise Refused(f"Để gộp phải có một mã khác đang dùng; “{other}” thì không được.")
        if not note and change != "reset":
            raise Refused("Ghi lý do: người sau cần biết vì sao các mã này là một dịch vụ, hay không phải.")
        try:
            asked = {"change": change, "with": other, "note": note}
            await self._outside.jobs.start(JobKind.FAMILY, visit.official.account, code, asked)
        except JobError as error:
            raise Refused(say(error, "Chưa bắt đầu được; thử lại sau ít phút."), 409) from error
        return go(f"{HOME}/nhom?ma={code}", "Đang lập lại chỉ mục tìm kiếm; xong thì trợ lý dùng ngay.")

    async def _records(self, codes: Sequence[str]) -> list[Procedure]:
        async with self._outside.transactions.read() as session:
            return await CatalogueStore(session).get_live(list(dict.fromkeys(codes)))
