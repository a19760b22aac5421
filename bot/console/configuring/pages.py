"""Thiết lập: what holds, another version after a look at what changes, and the versions before."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from aiohttp import web

from bot.configuration.fault_words import told
from bot.configuration.kinds import LONGEST, Kind, faults_of
from bot.configuration.store import ConfigurationStore, NewVersion, Version
from bot.console.audit.entry import What
from bot.console.configuring.days import with_day_off
from bot.console.configuring.diff import diff_of
from bot.console.configuring.forms import FORMS, fields_of, with_fields
from bot.console.configuring.forms import TITLES as FORM_TITLES
from bot.console.configuring.post_list import DIRECTIONS, LISTS, Listing, with_listed
from bot.console.configuring.standing import FormError
from bot.console.done import go
from bot.console.frame import Area, Frame
from bot.console.official import Official
from bot.console.roles import ADMINISTRATORS, SUPERVISORS
from bot.console.routing import Refused, Route, Visit
from bot.delivery.ports import Transactions
from bot.dialogue.texts import Texts

TEMPLATES = Path(__file__).parent / "templates"
PATH = "/canbo/thiet-lap"
AREA = Area("Thiết lập", PATH, SUPERVISORS)
FORM_BYTES = 1024 * 1024
LONGEST_WHY = 300
TITLES: Mapping[Kind, tuple[str, str]] = {
    Kind.WORKING_TIME: (
        "Ngày nghỉ, giờ làm việc và thời hạn",
        "Ngày nghỉ và hoán đổi riêng của tỉnh, giờ làm việc từng cơ quan, thời hạn giải quyết kèm căn cứ.",
    ),
    Kind.FEEDBACK: (
        "Tiếp nhận phản ánh, kiến nghị",
        "Cách tiếp nhận (địa chỉ công bố, chuyển thư, hay dùng thử), đơn vị tiếp nhận và xử lý, thông báo về dữ liệu.",
    ),
    Kind.PERSON: ("Gặp cán bộ", "Nơi, giờ và điện thoại báo cho người muốn gặp cán bộ."),
    Kind.TEXTS: ("Lời của trợ lý", "Cách nói riêng của cơ quan, thay cho câu có sẵn."),
    Kind.POSTAL: (
        "Bưu chính công ích",
        "Thủ tục có cung cấp và loại trừ dịch vụ bưu chính, với văn bản và ngày công bố; bảng giá của Bưu điện.",
    ),
}
HOLDS_SOON = (
    "Đã lưu. Máy chủ bắt đầu lại với thiết lập mới khoảng nửa phút sau lần lưu cuối: lưu thêm ngay bây giờ thì chỉ phải bắt đầu lại một lần. "
    "Tin nhắn đến lúc đó sẽ được nền tảng gửi lại."
)
MEANWHILE = "Người khác vừa lưu một bản khác. Hãy mở lại trang để xem bản đó; những gì bạn gõ còn ở dưới."
NEW_LISTING = Listing("", "available", "both", "", "")
Notes = Callable[[Official, str, str, str, datetime], Awaitable[None]]
"""Writes into the console's log who did what about what, and why."""


@dataclass(frozen=True)
class ConfiguringPages:
    """The versions of each kind."""

    transactions: Transactions
    store: ConfigurationStore
    texts: Texts
    """The usual sentences, which an own wording replaces."""
    own_file: Callable[[Kind], str]
    """What the operator's own file of a kind says; empty for none."""
    frame: Frame
    notes: Notes

    def routes(self) -> list[Route]:
        """Return the routes."""
        kind = PATH + "/{kind:" + "|".join(one.value for one in Kind) + "}"
        return [
            Route("GET", PATH, SUPERVISORS, self.all),
            Route("GET", kind, SUPERVISORS, self.one),
            Route("POST", kind, ADMINISTRATORS, self.look, FORM_BYTES),
            Route("POST", kind + "/luu", ADMINISTRATORS, self.save, FORM_BYTES),
            Route("GET", kind + "/ban/{id:[0-9]{1,15}}", SUPERVISORS, self.version),
            Route("POST", PATH + "/ngay-nghi", ADMINISTRATORS, self.day_off, FORM_BYTES),
            Route("POST", PATH + "/buu-chinh", ADMINISTRATORS, self.post_list, FORM_BYTES),
            Route("POST", kind + "/bieu-mau", ADMINISTRATORS, self.fill, FORM_BYTES),
        ]

    async def all(self, visit: Visit) -> web.Response:
        """Show what can be set, and what holds."""
        async with self.transactions.read() as session:
            newest = await self.store.newest(session)
        has_file = {kind: bool(self.own_file(kind)) for kind in Kind}
        return self.frame.respond(
            visit,
            "configuring_all.html",
            titles=TITLES,
            newest=newest,
            has_file=has_file,
            may_set=visit.official.has(ADMINISTRATORS),
            path=PATH,
        )

    async def one(self, visit: Visit) -> web.Response:
        """Show what holds of a kind, to be changed."""
        kind = Kind(visit.part["kind"])
        holding, number = await self._holding(kind)
        return await self._form(visit, kind, holding, number, "", "")

    async def look(self, visit: Visit) -> web.Response:
        """Check a version that was typed, and show what it changes before it holds."""
        kind, body = Kind(visit.part["kind"]), visit.text("body")
        return await self._shown(visit, kind, body, visit.text("why"))

    async def day_off(self, visit: Visit) -> web.Response:
        """Add days off to the province's working time, and show what that changes."""
        holding, number = await self._holding(Kind.WORKING_TIME)
        try:
            days = _day(visit.text("from")), _day(visit.text("to") or visit.text("from"))
            body = with_day_off(holding, visit.text("province"), days, visit.text("source"))
        except FormError as error:
            return await self._form(visit, Kind.WORKING_TIME, holding, number, "", str(error))
        return await self._shown(visit, Kind.WORKING_TIME, body, visit.text("source"))

    async def post_list(self, visit: Visit) -> web.Response:
        """Put procedures into the agency's lists of the post, and show what that changes."""
        holding, number = await self._holding(Kind.POSTAL)
        typed = Listing(*(visit.text(one.name) for one in dataclasses.fields(Listing)))
        try:
            body = with_listed(holding, typed)
        except FormError as error:
            return await self._form(visit, Kind.POSTAL, holding, number, "", str(error), typed)
        return await self._shown(visit, Kind.POSTAL, body, f"{typed.decision}, {typed.day}"[:LONGEST_WHY])

    async def fill(self, visit: Visit) -> web.Response:
        """Write what was typed into the fields into a version, and show what that changes."""
        kind, why = Kind(visit.part["kind"]), visit.text("why")
        holding, number = await self._holding(kind)
        if kind not in FORMS:
            raise Refused("Thiết lập này không có biểu mẫu; hãy sửa ở khung YAML.", 404)
        try:
            body = with_fields(kind, holding, {one.name: visit.text(one.name) for one in FORMS[kind]})
        except FormError as error:
            return await self._form(visit, kind, holding, number, why, str(error))
        if visit.text("based_on") != str(number):
            return await self._form(visit, kind, body, number, why, MEANWHILE)
        return await self._shown(visit, kind, body, why)

    async def save(self, visit: Visit) -> web.StreamResponse:
        """Let a version hold."""
        kind, body, why = Kind(visit.part["kind"]), visit.text("body"), visit.text("why")
        wrong = self._wrong(kind, body, why)
        if wrong:
            return await self._shown(visit, kind, body, why)
        based_on = int(visit.text("based_on")) if visit.text("based_on").isdecimal() else -1
        new = NewVersion(kind, body, why, visit.official.account, based_on)
        async with self.transactions.write() as session:
            number = await self.store.add(session, new, visit.at)
        if number is None:
            holding, latest = await self._holding(kind)
            if holding == body:
                # Sent twice, or somebody else set the same.
                return go(PATH, HOLDS_SOON)
            return await self._form(visit, kind, body, latest, why, MEANWHILE)
        await self.notes(visit.official, What.CONFIGURATION_SET, f"{kind.value}:{number}", why, visit.at)
        return go(PATH, HOLDS_SOON)

    async def version(self, visit: Visit) -> web.Response:
        """Show a version of before, from which one can go back to it."""
        async with self.transactions.read() as session:
            found = await self.store.one(session, int(visit.part["id"]))
        if found is None or found.kind != visit.part["kind"]:
            raise Refused("Không có bản này.", 404)
        holding, number = await self._holding(found.kind)
        return self._diff(visit, found.kind, holding, found.body, number, f"Khôi phục bản số {found.id}", found)

    async def _holding(self, kind: Kind) -> tuple[str, int]:
        """Return the text that holds, and the number of its version."""
        async with self.transactions.read() as session:
            newest = (await self.store.newest(session)).get(kind)
        body = newest.body if newest is not None and newest.body else self.own_file(kind)
        return body, newest.id if newest is not None else 0

    async def _shown(self, visit: Visit, kind: Kind, body: str, why: str) -> web.Response:
        holding, number = await self._holding(kind)
        wrong = self._wrong(kind, body, why)
        if wrong:
            return await self._form(visit, kind, body, number, why, wrong)
        return self._diff(visit, kind, holding, body, number, why, None)

    def _wrong(self, kind: Kind, body: str, why: str) -> str:
        if not why.strip() or len(why) > LONGEST_WHY:
            return f"Hãy ghi căn cứ hoặc lý do, nhiều nhất {LONGEST_WHY} ký tự."
        faults = faults_of(kind, body, self.texts) if body else ()
        return "\n".join(["Chưa lưu được, vì:", *map(told, faults)]) if faults else ""

    async def _form(
        self, visit: Visit, kind: Kind, body: str, number: int, why: str, wrong: str, listing: Listing = NEW_LISTING
    ) -> web.Response:
        async with self.transactions.read() as session:
            history = await self.store.history(session, kind)
        return self.frame.respond(
            visit,
            "configuring_one.html",
            422 if wrong else 200,
            kind=kind,
            title=TITLES[kind],
            body=body,
            why=why,
            wrong=wrong,
            number=number,
            # Fields change what holds: beside YAML that was typed and does not hold they would take away from it.
            fields=() if visit.text("body") else fields_of(kind, body),
            listing=listing,
            lists=LISTS,
            directions=DIRECTIONS,
            form_title=FORM_TITLES.get(kind, ""),
            history=history,
            may_set=visit.official.has(ADMINISTRATORS),
            longest=LONGEST,
            path=PATH,
        )

    def _diff(
        self, visit: Visit, kind: Kind, before: str, after: str, number: int, why: str, old: Version | None
    ) -> web.Response:
        return self.frame.respond(
            visit,
            "configuring_diff.html",
            kind=kind,
            title=TITLES[kind],
            lines=diff_of(before, after),
            body=after,
            why=why,
            number=number,
            old=old,
            may_set=visit.official.has(ADMINISTRATORS),
            path=PATH,
        )


def _day(raw: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise FormError("Hãy chọn ngày.") from error
