"""Keeps calls to platforms within the time for which their conversation is ours.

No platform refuses a call of a process that was taken for dead meanwhile. What can be done is done here: a call begins
only while the conversation is ours, and is broken off before another process may send there. A process that is stopped
outright while a call leaves, and goes on after its lease, may still send that one call late: nothing on our side can
take back what is in the system's hands.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.channels.contract import Ref
from bot.delivery.errors import DeliveryError

Result = TypeVar("Result")
LOOK_SECONDS = 0.5
"""How often it is asked whether the lease still stands: the database's clock may have been set meanwhile."""


class LostError(DeliveryError):
    """The conversation is no longer ours; whether the platform took the call is not known."""


class Fence:
    """Asks now and then, and whenever a lease would run out; it was mostly prolonged meanwhile."""

    def __init__(
        self, owner: Callable[[Ref], str | None], left: Callable[[Ref], float], look: float = LOOK_SECONDS
    ) -> None:
        """Take what tells in whose name a conversation is held, and for how many seconds yet; and how often to ask."""
        self._owner = owner
        self._left = left
        self._look = look

    async def within(self, ref: Ref, owner: str, call: Callable[[], Awaitable[Result]]) -> Result:
        """Make a call in the name under which it was written down.

        Raises:
            LostError: the conversation is held no longer, or no longer in that name; the call is not on its way any more.
        """
        left = self._seconds(ref, owner)
        if left == math.inf:
            return await call()
        calling = asyncio.ensure_future(call())
        try:
            while True:
                await asyncio.wait({calling}, timeout=min(left, self._look))
                if calling.done():
                    return calling.result()
                left = self._seconds(ref, owner)
        finally:
            if not calling.done():
                calling.cancel()
                await asyncio.wait({calling})

    def _seconds(self, ref: Ref, owner: str) -> float:
        left = self._left(ref) if self._owner(ref) == owner else 0.0
        if left <= 0:
            raise LostError("The conversation is no longer ours.")
        return left
