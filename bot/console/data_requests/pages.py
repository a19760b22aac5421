"""Dữ liệu cá nhân: what people ask about their data, by when it is due, and what officials answer; every look is noted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.console.audit.entry import What
from bot.console.audit.store import Audit
from bot.console.channels import CHANNELS
from bot.console.data_requests.words import KINDS, STATES, STEPS, steps_of
from bot.console.done import go
from bot.console.files import NOTED, TAKEN, headers
from bot.console.frame import Area, Frame
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.delivery.ports import Transactions
from bot.privacy.answering import DataDesk
from bot.privacy.exporting import ExportError, Exporting
from bot.privacy.request import RequestKind

TEMPLATES = Path(__file__).parent / "templates"
PATH = "/canbo/du-lieu-ca-nhan"
ANSWERS = frozenset({ConsoleRole.RECEIVER, ConsoleRole.APPROVER})
COPIES = frozenset({ConsoleRole.RECEIVER})
AREA = Area("Dữ liệu cá nhân", PATH, ANSWERS)
ENDED = "xong"
"""Value of ``muc`` for the list with those that ended."""
SHOWN = 200
LONGEST = 3000
"""Characters of what a person is told."""
LONGEST_WHY = 300
NO_SUCH = "Không có yêu cầu nào mang số này: có thể đã quá thời hạn lưu, hoặc người yêu cầu đã xóa dữ liệu của mình."
OVERTAKEN = "Yêu cầu này vừa được người khác giải quyết, hoặc bước này không còn phù hợp. Chưa có gì được gửi; những gì bạn gõ còn ở dưới."
NEEDS_WHY = f"Hãy ghi căn cứ hoặc lý do để lưu vào nhật ký, nhiều nhất {LONGEST_WHY} ký tự."
NEEDS_WORDS = f"Hãy viết lời gửi người yêu cầu, nhiều nhất {LONGEST} ký tự."
NO_COPY = "Chỉ yêu cầu xin bản sao mới xuất được dữ liệu."


@dataclass(frozen=True)
class DataRequestPages:
    """The officials' side of requests about data."""

    transactions: Transactions
    desk: DataDesk
    exporting: Exporting
    audit: Audit
    frame: Frame

    def routes(self) -> list[Route]:
        """Return the routes."""
        one = PATH + "/{request:DL-[0-9A-Z]{4}-[0-9A-Z]{4}}"
        return [
            Route("GET", PATH, ANSWERS, self.listed),
            Route("GET", one, ANSWERS, self.one),
            *(Route("POST", f"{one}/{name}", ANSWERS, partial(self.step, name=name)) for name in STEPS),
            Route("POST", one + "/ban-sao", COPIES, self.copy),
        ]

    async def listed(self, visit: Visit) -> web.Response:
        """List the requests without their words, the overdue first."""
        ended = visit.asked.get("muc") == ENDED
        async with self.transactions.read() as session:
            found = await self.desk.listed(session, visit.actor, visit.at, ended=ended)
        shown = [one for one in found if one.state.ended is ended]
        return self.frame.respond(
            visit,
            "data_requests_list.html",
            found=(shown[::-1] if ended else shown)[:SHOWN],
            ended=ended,
            kinds=KINDS,
            states=STATES,
            channels=CHANNELS,
            path=PATH,
            ended_level=ENDED,
        )

    async def one(self, visit: Visit) -> web.Response:
        """Show a request with its words."""
        return await self._show(visit, {})

    async def step(self, visit: Visit, name: str) -> web.StreamResponse:
        """Take a step; its person is told by the server."""
        number = visit.part["request"]
        step, words, why = STEPS[name], visit.text("words"), visit.text("why")
        if step.told and not 0 < len(words) <= LONGEST:
            return await self._show(visit, {name: NEEDS_WORDS})
        if len(why) > LONGEST_WHY or (step.needs_why and not why):
            return await self._show(visit, {name: NEEDS_WHY})
        async with self.transactions.write() as session:
            taken = (step.state, words if step.told else "")
            done = await self.desk.step(session, visit.actor, number, taken, visit.at)
            if done:
                about = f"{number}:{step.state.value}"
                await self.audit.note(session, visit.official, What.DATA_REQUEST_STEP, about, why, visit.at)
        if not done:
            return await self._show(visit, {name: OVERTAKEN})
        return go(f"{PATH}/{number}", step.done)

    async def copy(self, visit: Visit) -> web.StreamResponse:
        """Give the copy that a person asked for as a file; each record that it opens stands in the register's log too."""
        number, why = visit.part["request"], visit.text("why")
        if not why or len(why) > LONGEST_WHY:
            return await self._show(visit, {"ban-sao": NEEDS_WHY})
        try:
            async with self.transactions.write() as session:
                copy = await self.exporting.copy(session, visit.actor, number, visit.at)
                await self.audit.note(session, visit.official, What.DATA_REQUEST_COPY, number, why, visit.at)
        except ExportError as error:
            raise Refused(NO_COPY) from error
        missing = f"-thieu-{copy.withheld}" if copy.withheld else ""
        body = json.dumps(copy.data, ensure_ascii=False, indent=2).encode()
        response = web.Response(body=body, content_type="application/json", headers=headers(f"{number}{missing}.json"))
        response[TAKEN] = NOTED
        return response

    async def _show(self, visit: Visit, wrong: Mapping[str, str]) -> web.Response:
        """Show a request; that its words were read is noted, whichever way they are shown."""
        number = visit.part["request"]
        async with self.transactions.write() as session:
            found = await self.desk.one(session, visit.actor, number)
            if found is None:
                raise Refused(NO_SUCH, 404)
            await self.audit.note(session, visit.official, What.DATA_REQUEST_READ, number, "", visit.at)
        offered = steps_of(found)
        # A step that somebody else took meanwhile is shown once more, with what was typed for it.
        overtaken = {name: STEPS[name] for name in wrong if name in STEPS and name not in offered}
        return self.frame.respond(
            visit,
            "data_requests_one.html",
            422 if wrong else 200,
            one=found,
            late=found.due_at is not None and found.due_at < visit.at,
            steps={**overtaken, **offered},
            wrong=wrong,
            words=visit.text("words"),
            why=visit.text("why"),
            may_copy=found.asked.kind is RequestKind.COPY and visit.official.has(COPIES),
            kinds=KINDS,
            states=STATES,
            channels=CHANNELS,
            longest=LONGEST,
            longest_why=LONGEST_WHY,
            path=PATH,
        )
