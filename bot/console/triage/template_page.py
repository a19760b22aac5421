"""The templates of what officials write: who approves or administers keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.done import go
from bot.console.roles import ConsoleRole
from bot.console.routing import Route, Visit
from bot.console.triage.desk import TriageDesk
from bot.console.triage.forms import Field, FieldKind, picked, row_named, row_of
from bot.console.triage.list_page import WORKS
from bot.console.triage.queues import PATH
from bot.console.triage.refusals import said_of
from bot.console.triage.template_words import NAMED
from bot.console.triage.words import ABOUTS, ACTIONS, CATEGORIES, choices
from feedback.beside.template_store import Template
from feedback.beside.templates import ACTIONS as WORDED
from feedback.beside.templates import LONGEST, TemplateOvertakenError
from feedback.errors import FeedbackError
from feedback.record import About, Category
from feedback.transitions import Action

TEMPLATES = f"{PATH}/mau"
KEEPERS = frozenset({ConsoleRole.ADMINISTRATOR, ConsoleRole.APPROVER})
KEPT, DROPPED = "mẫu trả lời: lưu", "mẫu trả lời: xóa"
"""What the log calls them: words of a template reach citizens."""
CHANGED = "Người khác vừa sửa mẫu này: bản của họ nằm trong danh sách. Những gì bạn gõ còn nguyên; bấm lưu lần nữa thì bản của bạn thay bản đó."
MISSING = "Không có mẫu này: có thể đã có người xóa. Biểu mẫu bên cạnh đang để trống cho một mẫu mới."
GONE = "Người khác vừa xóa mẫu này. Những gì bạn gõ còn nguyên; bấm lưu thì thành một mẫu mới."


@dataclass(frozen=True)
class TemplatePage:
    """See the module."""

    desk: TriageDesk

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", TEMPLATES, KEEPERS, self.show),
            Route("POST", TEMPLATES, KEEPERS, self.put),
            Route("POST", f"{TEMPLATES}/xoa", KEEPERS, self.drop),
        ]

    async def show(self, visit: Visit) -> web.StreamResponse:
        """List them, with a form for a new one or for the one that is changed."""
        id = row_of(visit.asked.get("sua", ""))
        async with self.desk.transactions.read() as session:
            one = await self.desk.beside.templates.store.get(session, id) if id else None
        return await self._page(visit, _fields(one), one, MISSING if id and one is None else "")

    async def put(self, visit: Visit) -> web.StreamResponse:
        """Keep one."""
        number = row_named(visit, "id")
        one = Template(
            visit.text("ten"),
            # Of none that is known it is one without words, which is refused.
            picked(visit, "buoc", Action) or Action.MERGE,
            visit.text("noi-dung"),
            picked(visit, "ve", (About.CONDUCT, About.CONTENT)),
            picked(visit, "nhom", Category),
            number,
            row_named(visit, "ban"),
        )
        try:
            async with self.desk.transactions.write() as session:
                await self.desk.beside.templates.put(session, visit.actor, one, visit.at)
                await self.desk.looks.note(session, visit.official, KEPT, one.name, "", visit.at)
        except TemplateOvertakenError:
            async with self.desk.transactions.read() as session:
                now = await self.desk.beside.templates.store.get(session, number)
            return await self._page(visit, _typed(visit), now, CHANGED if now else GONE)
        except FeedbackError as error:
            return await self._page(visit, _typed(visit), one, said_of(error))
        return go(TEMPLATES, "Đã lưu mẫu.")

    async def drop(self, visit: Visit) -> web.StreamResponse:
        """Delete one."""
        id, templates = row_named(visit, "id"), self.desk.beside.templates
        async with self.desk.transactions.write() as session:
            one = await templates.drop(session, visit.actor, id)
            if one is not None:
                await self.desk.looks.note(session, visit.official, DROPPED, one.name, "", visit.at)
        return go(TEMPLATES, "Đã xóa mẫu." if one is not None else "Mẫu này không còn: đã có người xóa từ trước.")

    async def _page(
        self, visit: Visit, fields: Sequence[Field], one: Template | None, wrong: str
    ) -> web.StreamResponse:
        async with self.desk.transactions.read() as session:
            kept = await self.desk.beside.templates.store.all(session)
        return self.desk.frame.respond(
            visit,
            "triage_templates.html",
            422 if wrong else 200,
            kept=kept,
            fields=fields,
            id=one.id if one else 0,
            revision=one.revision if one else 0,
            works=WORKS,
            wrong=wrong,
            kinds_of=FieldKind,
            named=NAMED,
            actions=ACTIONS,
            abouts=ABOUTS,
            categories=CATEGORIES,
            path=TEMPLATES,
            list_path=PATH,
        )


def _typed(visit: Visit) -> list[Field]:
    return [field.typed(visit) for field in _fields(None)]


def _fields(one: Template | None) -> list[Field]:
    about = one.about.value if one and one.about else ""
    category = str(one.category.value) if one and one.category else ""
    return [
        Field("ten", "Tên mẫu", value=one.name if one else "", most=120),
        Field("buoc", "Dùng khi", FieldKind.CHOICE, choices(ACTIONS, *WORDED), one.action if one else ""),
        Field(
            "ve",
            "Cho phản ánh về",
            FieldKind.CHOICE,
            (("", "Cả hai"), *choices(ABOUTS, About.CONDUCT, About.CONTENT)),
            about,
            required=False,
        ),
        Field(
            "nhom",
            "Cho nhóm (Điều 5)",
            FieldKind.CHOICE,
            (("", "Mọi nhóm"), *choices(CATEGORIES)),
            category,
            required=False,
        ),
        Field("noi-dung", "Nội dung", FieldKind.LONG, value=one.text if one else "", most=LONGEST),
    ]
