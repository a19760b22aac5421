"""The public figures (``/so-lieu``): the part that names nobody, small counts left out, with definitions, source and moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from aiohttp import web

from bot.console.dashboard.figures import Figures
from bot.console.dashboard.periods import Days, usual
from bot.dialogue.texts import Texts
from bot.feedback.caching import cached
from bot.figures.waits import BOUNDS, at_most, middle
from bot.http.languages import language_of
from bot.http.pages import Pages
from feedback.record import Book
from feedback.working_time.zone import here

PATH = "/so-lieu"
TEMPLATES = Path(__file__).parent / "public"
KINDS = ("thang", "quy", "nam")
"""Fixed periods alone: from days of one's own choice small counts could be told by subtracting."""
USUAL = "nam"
FEWEST = 5
"""Counts below it, other than none, are not told."""
FEWEST_OF_SHARE = 20
"""A share of fewer would tell small counts."""
FRESH = timedelta(minutes=1)


class ReadsFigures(Protocol):
    """The figures of one register."""

    async def read(self, days: Days, at: datetime) -> Figures:
        """Return the figures of some days."""
        ...


@dataclass(frozen=True)
class Line:
    """One figure; its sentences are ``utter_score_NAME`` and ``utter_score_NAME_means``."""

    name: str
    value: str
    """Empty when it is not told."""
    unit: str = ""
    """Key of the word behind it; empty for none."""

    @property
    def key(self) -> str:
        """Of its sentence."""
        return f"utter_score_{self.name}"


@dataclass
class Scorecard:
    """The page."""

    figures: ReadsFigures
    book: Book
    agency: str
    """As the page names whose figures they are."""
    texts: Texts
    clock: Callable[[], datetime]
    _kept: dict[tuple[str, date], Figures] = field(default_factory=dict, init=False)
    _pages: Pages = field(init=False)

    def __post_init__(self) -> None:
        """Make the frame."""
        self._pages = Pages(TEMPLATES, self.texts.render)

    def routes(self) -> list[web.RouteDef]:
        """Return the route."""
        return [web.get(PATH, self.page)]

    async def page(self, request: web.Request) -> web.Response:
        """Show the figures of a period; of this year where none of ours is asked for."""
        asked = request.query.get("ky", "")
        kind = asked if asked in KINDS else USUAL
        found = await self._read(kind)
        response = self._pages.respond(
            request,
            "score.html",
            lines=lines(found, "," if language_of(request) == "vi" else "."),
            kinds=[(one, f"utter_score_period_{one}") for one in KINDS],
            kind=kind,
            first=f"{found.days.first:%d/%m/%Y}",
            last=f"{found.days.last:%d/%m/%Y}",
            made=f"{here(found.at):%H:%M %d/%m/%Y}",
            agency=self.agency,
            trial=self.book is Book.TRIAL,
        )
        return cached(request, response)

    async def _read(self, kind: str) -> Figures:
        now = self.clock()
        days = usual(here(now).date(), kind)
        kept = self._kept.get((kind, days.last))
        if kept is None or now - kept.at >= FRESH:
            kept = await self.figures.read(days, now)
            if len(self._kept) >= len(KINDS):
                self._kept.clear()
            self._kept[kind, days.last] = kept
        return kept


def lines(figures: Figures, comma: str) -> list[Line]:
    """Return what is told, in its order."""
    counts = figures.feedback
    asked = [sum(getattr(one, name) for one in figures.talk) for name in ("answered", "asked_back", "declined")]
    on_time = sum(one.on_time for one in figures.dossiers)
    late = sum(one.late for one in figures.dossiers)
    took, waits = figures.took, figures.all_waits
    days = middle(took) if sum(took.values()) >= FEWEST else None
    wait = at_most(waits, 0.5) if sum(waits.values()) >= FEWEST else None
    return [
        Line("received", _count(counts["new"])),
        Line("handled", _count(counts["handled"])),
        _share("on_time", counts["handled_on_time"], counts["handled"]),
        Line("days", "" if days is None else str(days), "utter_score_in_days"),
        _share("satisfied", counts["satisfied"], counts["rated"]),
        Line("dossiers", _count(sum(one.ended for one in figures.dossiers))),
        _share("dossiers_on_time", on_time, on_time + late),
        Line("questions", _count(sum(asked))),
        _share("answered", asked[0], sum(asked)),
        Line("wait", "" if wait is None else _seconds(wait, comma), "utter_score_in_seconds"),
    ]


def _seconds(value: float, comma: str) -> str:
    return f"> {BOUNDS[-1]:g}" if value > BOUNDS[-1] else f"{value:g}".replace(".", comma)


def _count(number: int) -> str:
    return "" if 0 < number < FEWEST else f"{number:,}".replace(",", "\u202f")


def _share(name: str, above: int, below: int) -> Line:
    return Line(name, f"{round(100 * above / below)} %" if below >= FEWEST_OF_SHARE else "")
