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
from bot.console.triage.queues import PATH
from bot.console.triage.refusals import said_of
from bot.console.triage.template_words import NAMED
from bot.console.triage.words import ABOUTS, ACTIONS, CATEGORIES, choices
from feedback.beside.template_store import Template
from feedback.beside.templates import ACTIONS as WORDED
from feedback.beside.templates import LONGEST
from feedback.errors import FeedbackError
from feedback.record import About, Category
from feedback.transitions import Action

TEMPLATES = f"{PATH}/mau"
KEEPERS = frozenset({ConsoleRole.ADMINISTRATOR, ConsoleRole.APPROVER})
KEPT, DROPPED = "mẫu trả lời: lưu", "mẫu trả lời: xóa"
"""What the log calls them: words of a template reach citizens."""


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
        return await self._page(visit, _fields(one), one.id if one else 0, "", 200)

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
        )
        try:
            async with self.desk.transactions.write() as session:
                await self.desk.beside.templates.put(session, visit.actor, one, visit.at)
                await self.desk.looks.note(session, visit.official, KEPT, one.name, "", visit.at)
        except FeedbackError as error:
            typed = [field.typed(visit) for field in _fields(None)]
            return await self._page(visit, typed, number, said_of(error), 422)
        return go(TEMPLATES, "Đã lưu mẫu.")

    async def drop(self, visit: Visit) -> web.StreamResponse:
        """Delete one."""
        id, templates = row_named(visit, "id"), self.desk.beside.templates
        async with self.desk.transactions.write() as session:
            one = await templates.store.get(session, id)
            await templates.drop(session, visit.actor, id)
            if one is not None:
                await self.desk.looks.note(session, visit.official, DROPPED, one.name, "", visit.at)
        return go(TEMPLATES, "Đã xóa mẫu.")

    async def _page(
        self, visit: Visit, fields: Sequence[Field], id: int, wrong: str, status: int
    ) -> web.StreamResponse:
        async with self.desk.transactions.read() as session:
            kept = await self.desk.beside.templates.store.all(session)
        return self.desk.frame.respond(
            visit,
            "triage_templates.html",
            status,
            kept=kept,
            fields=fields,
            id=id,
            wrong=wrong,
            kinds_of=FieldKind,
            named=NAMED,
            actions=ACTIONS,
            abouts=ABOUTS,
            categories=CATEGORIES,
            path=TEMPLATES,
            list_path=PATH,
        )


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
