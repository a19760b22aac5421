"""What a channel on somebody else's platform brings along when the house is put together."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Protocol

from aiohttp import web

from bot.channels.contract import Channel
from bot.delivery.ports import Desk


class Outside(Protocol):
    """A push channel with its ways in; made from the settings by the channel's own ``setup`` module."""

    @property
    def channel(self) -> Channel:
        """What the engine renders and sends with."""
        ...

    def routes(self, desk: Desk) -> Sequence[web.RouteDef]:
        """Return the routes on which the platform calls us."""
        ...

    def work(self, desk: Desk) -> Sequence[Awaitable[None]]:
        """Return what is to be done in the background until it is cancelled; none of it raises."""
        ...

    async def close(self) -> None:
        """Close the connections; after the engine has stopped."""
        ...
