"""The first page of the console: what waits for me."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.done import HOME
from bot.console.frame import Frame
from bot.console.roles import EVERYBODY
from bot.console.routing import Route, Visit
from bot.console.waiting import Waiting


@dataclass(frozen=True)
class HomePage:
    """Shows the tiles of all areas."""

    frame: Frame
    areas: Sequence[Waiting] = ()

    def routes(self) -> list[Route]:
        """Return the page."""
        return [Route("GET", HOME, EVERYBODY, self.show)]

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Show what waits."""
        tiles = [tile for area in self.areas for tile in await area.tiles(visit)]
        return self.frame.respond(visit, "home.html", tiles=tiles)
