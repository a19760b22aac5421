"""What the watch needs from outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.dossiers.sms.gateway import Outcome
from bot.dossiers.watching.wording import Said

Notify = Callable[[AsyncSession, Ref, Said, str], Awaitable[bool]]
"""Says something first, once per key; may raise ``ChannelOffError``."""

Language = Callable[[AsyncSession, Ref], Awaitable[str]]
"""Tells which language a conversation speaks."""


class ReachesOtherwise(Protocol):
    """Another way to a person whom their channel does not reach, such as an SMS gateway."""

    @property
    def knows_keys(self) -> bool:
        """Whether what is sent again under the same key reaches the person once."""
        ...

    async def reach(self, phone: str, wordings: Sequence[str], key: str) -> Outcome:
        """Send the first of several wordings that is short enough. Never raises for what the gateway answers, never logs either."""
        ...
