"""What the watch needs from outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.dossiers.watching.wording import Said

Notify = Callable[[AsyncSession, Ref, Said, str], Awaitable[bool]]
"""Says something first, once per key; may raise ``ChannelOffError``."""

Language = Callable[[AsyncSession, Ref], Awaitable[str]]
"""Tells which language a conversation speaks."""


class ReachesOtherwise(Protocol):
    """Another way to a person whom their channel does not reach, such as an SMS gateway."""

    async def reach(self, phone: str, text: str) -> bool:
        """Send a line of text; tell whether it was taken. Never raises for what the gateway answers, never logs either."""
        ...
