"""Tells officials that somebody waits for a person: when, and under which number, nothing of the citizen."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref, Reply
from bot.delivery.errors import ChannelOffError
from bot.dialogue.texts import Texts
from feedback.working_time.zone import here

logger = logging.getLogger(__name__)

Notify = Callable[[AsyncSession, Ref, Reply, str], Awaitable[bool]]
"""Says something first, once per key, in the caller's transaction."""


class Bell:
    """Rings at each place at most once a minute: whoever asks again and again does not flood the officials' chat."""

    def __init__(self, places: Sequence[Ref], texts: Texts, notify: Notify) -> None:
        """Take where it rings (none: off), the sentences, and what puts a notice into the outbox."""
        self._places = places
        self._texts = texts
        self._notify = notify

    async def ring(self, session: AsyncSession, number: int, waiting: int, at: datetime) -> None:
        """Ring for a new request, in the transaction that notes it; a channel that is off stops no citizen's turn.

        Args:
            session: of the turn.
            number: of the request, as ``motcua handover list`` shows it.
            waiting: how many requests are open.
            at: when it was made.
        """
        local = here(at)
        values = {"time": f"{local:%H:%M}", "day": f"{local:%d/%m}", "number": str(number), "count": str(waiting)}
        said = Reply(self._texts.render("utter_staff_waits", "vi", **values))
        for place, ref in enumerate(self._places):
            try:
                await self._notify(session, ref, said, f"handover:{at:%Y%m%d%H%M}:{place}")
            except ChannelOffError:
                logger.error("Nobody was told on %s that a person is wanted: the channel is off.", ref.channel)
