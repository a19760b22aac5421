"""Published items in memory."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.publication.item import Filters, Page, Published, Query


@dataclass
class FakeShelf:
    """Narrows by code alone; words are looked for as they stand."""

    items: tuple[Published, ...] = ()
    asked: Query | None = None
    cut: bool = False

    async def page(self, asked: Query, number: int = 1, size: int = 20) -> Page:
        self.asked = asked
        found = [
            one
            for one in self.items
            if one.hidden_at is None
            and asked.words in one.question
            and asked.procedure in ("", one.procedure_code)
            and asked.agency in ("", one.agency)
        ]
        part = found[(number - 1) * size : number * size]
        return Page(tuple(part), number, number * size < len(found), self.cut)

    async def find(self, slug: str) -> Published | None:
        return next((one for one in self.items if one.slug == slug), None)

    async def filters(self) -> Filters:
        shown = [one for one in self.items if one.hidden_at is None]
        procedures = {one.procedure_code: one.procedure_name for one in shown}
        agencies = sorted({one.agency for one in shown})
        return Filters(tuple(procedures.items()), tuple(agencies), tuple(sorted({one.field for one in shown})))
