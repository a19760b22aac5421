"""``/buu-chinh``: the agency's two lists, of procedures for which the post is available and excluded (Decision 45/2016/QĐ-TTg Article 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from aiohttp import web

from bot.dialogue.texts import Texts
from bot.feedback.caching import cached
from bot.http.pages import Pages
from bot.live_rows import LiveRows
from bot.postal.agency_list import AgencyList, Listed
from bot.postal.coverage import Covered
from nlu.text import fold

PATH = "/buu-chinh"
TEMPLATES = Path(__file__).parent / "templates"
AT_ONCE = 200
"""Lines of a page; ``ALL`` shows every one, to be printed."""
ALL = "tat-ca"


@dataclass(frozen=True)
class Line:
    """A procedure in one of the lists."""

    name: str
    """Empty for one that the catalogue does not have."""
    listed: Listed
    available: bool
    """In which list."""

    @property
    def carried(self) -> str:
        """Key of the sentence that says which directions the line is about."""
        directions = self.listed.available if self.available else self.listed.excluded
        return f"utter_post_list_{'both' if len(set(directions)) > 1 else directions[0]}"

    @property
    def day(self) -> str:
        """Of the document, as it is written in Vietnam."""
        return f"{date.fromisoformat(self.listed.as_of):%d/%m/%Y}"


@dataclass
class PostListPage:
    """The page."""

    lists: AgencyList
    rows: LiveRows[Covered]
    agency: str
    """As the page names whose lists they are."""
    practice: bool
    """Whether the lists are made up."""
    texts: Texts
    _pages: Pages = field(init=False)
    _made: tuple[int, Sequence[Line]] = field(init=False, default=(-1, ()))
    """Version of the catalogue, and the lines with its names."""

    def __post_init__(self) -> None:
        """Make the frame."""
        self._pages = Pages(TEMPLATES, self.texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the route."""
        return [web.get(PATH, self.page)]

    async def page(self, request: web.Request) -> web.Response:
        """Show the lists, a part of them where they are long."""
        found = await self._lines()
        asked, pages = request.query.get("trang", "1"), max(1, -(-len(found) // AT_ONCE))
        number = int(asked) if asked.isdecimal() and 1 <= len(asked) <= 4 and 1 <= int(asked) <= pages else 1
        shown = found if asked == ALL else found[(number - 1) * AT_ONCE : number * AT_ONCE]
        response = self._pages.respond(
            request,
            "post_list.html",
            available=[one for one in shown if one.available],
            excluded=[one for one in shown if not one.available],
            counts=(sum(one.available for one in found), sum(not one.available for one in found)),
            number=0 if asked == ALL else number,
            pages=pages,
            all=ALL,
            agency=self.agency,
            practice=self.practice,
            path=PATH,
        )
        return cached(request, response)

    async def _lines(self) -> Sequence[Line]:
        """Return both lists, put in order once for each version of the catalogue."""
        live = await self.rows.live()
        if self._made[0] != live.version:
            names = {one.entry: one.name for one in reversed(live.rows) if one.entry}
            self._made = live.version, lines(self.lists, names)
        return self._made[1]


def lines(lists: AgencyList, names: Mapping[str, str]) -> Sequence[Line]:
    """Return both lists, the available ones first, each in the order of names (Đ beside D), unknown ones last; a procedure may stand in both."""
    both = [
        Line(names.get(one.code, ""), one, available)
        for one in lists
        for available in (True, False)
        if (one.available if available else one.excluded)
    ]
    return sorted(both, key=lambda line: (not line.available, not line.name, fold(line.name), line.listed.code))
