"""Switches procedures and parts of them off for a while, so that the assistant does not tell what may be wrong."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from bot.console.catalogue.form_reading import read_day
from bot.console.catalogue.outside import HOME, Outside, number_of
from bot.console.catalogue.words import ASPECTS
from bot.console.done import go
from bot.console.roles import CATALOGUE_READERS, EDITORS
from bot.console.routing import Refused, Route, Visit
from nlu.catalogue.silence_store import SilenceStore
from nlu.catalogue.silences import LONGEST_DAYS, Silence, SilenceError
from nlu.catalogue.store import CatalogueStore
from nlu.understanding import Aspect

USUAL = timedelta(days=14)


class TopicPages:
    """``/canbo/thu-tuc/ngung``."""

    def __init__(self, outside: Outside) -> None:
        """Take what the pages call."""
        self._outside = outside

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", f"{HOME}/ngung", CATALOGUE_READERS, self.listed),
            Route("POST", f"{HOME}/ngung", EDITORS, self.switch_off),
            Route("POST", f"{HOME}/ngung/{{number:\\d+}}/mo", EDITORS, self.switch_on),
        ]

    async def listed(self, visit: Visit) -> web.StreamResponse:
        """Show what is switched off, and the form to switch something off."""
        values = {"code": visit.asked.get("ma", "")[:32], "aspect": "", "reason": "", "until": ""}
        return await self._page(visit, values, {}, 200)

    async def switch_off(self, visit: Visit) -> web.StreamResponse:
        """Switch something off."""
        values = {name: visit.text(name) for name in ("code", "aspect", "reason", "until")}
        today = self._outside.today()
        until, wrong = read_day(values["until"])
        faults: dict[str, str] = {}
        if not await self._is_live(values["code"]):
            faults["code"] = f"Danh mục đang dùng không có thủ tục mã “{values['code']}”."
        if wrong:
            faults["until"] = wrong
        elif until is not None and not 0 <= (until - today).days <= LONGEST_DAYS:
            faults["until"] = f"Ngày cuối phải từ hôm nay và không quá {LONGEST_DAYS} ngày."
        if not values["reason"]:
            faults["reason"] = "Ghi lý do: người mở lại cần biết phải kiểm tra điều gì."
        if faults or until is None:
            return await self._page(visit, values, faults, 422)
        aspect = Aspect(values["aspect"]) if values["aspect"] in set(Aspect) else None
        wanted = Silence(0, values["code"], aspect, values["reason"], until, visit.official.account, visit.at)
        try:
            async with self._outside.transactions.write() as session:
                await SilenceStore(session).add(wanted)
        except SilenceError:
            faults["code"] = "Phần này đang tạm ngừng rồi. Muốn đổi lý do hoặc ngày thì mở lại trước."
            return await self._page(visit, values, faults, 409)
        await self._outside.noted(visit, "Tạm ngừng trả lời", wanted.code, wanted.reason)
        return go(f"{HOME}/ngung", "Đã tạm ngừng. Trong vòng một phút trợ lý sẽ báo người dân hỏi bộ phận một cửa.")

    async def switch_on(self, visit: Visit) -> web.StreamResponse:
        """Switch something on again."""
        try:
            async with self._outside.transactions.write() as session:
                ended = await SilenceStore(session).end(
                    number_of(visit.part["number"]), visit.official.account, visit.at
                )
        except SilenceError as error:
            raise Refused("Phần này đã được mở lại rồi.", 409) from error
        await self._outside.noted(visit, "Mở lại trả lời", ended.code, ended.reason)
        return go(f"{HOME}/ngung", f"Đã mở lại {ended.code}. Trợ lý trả lời lại trong vòng một phút.")

    async def _page(self, visit: Visit, values: dict[str, str], faults: dict[str, str], status: int) -> web.Response:
        async with self._outside.transactions.read() as session:
            silent = await SilenceStore(session).in_force()
            codes = {values["code"], *(one.code for one in silent)}
            known = await CatalogueStore(session).get_live(list(codes))
        names = {one.code: one.name for one in known}
        today = self._outside.today()
        return self._outside.frame.respond(
            visit,
            "catalogue_topics.html",
            status,
            silent=silent,
            names=names,
            today=today,
            usual=today + USUAL,
            aspects=ASPECTS,
            values=values,
            faults=faults,
            name=names.get(values["code"], ""),
            may_edit=visit.official.has(EDITORS),
        )

    async def _is_live(self, code: str) -> bool:
        async with self._outside.transactions.read() as session:
            return bool(await CatalogueStore(session).get_live([code]))
