"""What the composition root gets for each platform that posts to us: its channel, its routes, its work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aiohttp import web

from bot.channels.contract import Channel
from bot.delivery.ports import Desk


class Platform(Protocol):
    """A platform that is switched on."""

    @property
    def channel(self) -> Channel:
        """Its channel."""
        ...

    def routes(self, desk: Desk) -> Sequence[web.RouteDef]:
        """Return its routes; what comes is handed to ``desk``."""
        ...

    async def keep(self) -> None:
        """Do its work in the background; it ends where it waits with ``bot.background.rest``, else it is cancelled."""
        ...
