"""A desk that remembers what was taken in and is told when a turn is over."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.channels.contract import Inbound, Ref
from bot.delivery.errors import StoppedError
from bot.delivery.records import Answer, Cursor, History, Received


@dataclass
class FakeDesk:
    """See ``Desk``. Its turns end when ``over`` is set."""

    taken: list[Inbound] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    faults: list[Exception] = field(default_factory=list)
    """What the next messages meet."""
    stopped: bool = False
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, inbound: Inbound) -> Received:
        """See ``Desk.receive``."""
        if self.stopped:
            raise StoppedError("closing")
        if self.faults:
            raise self.faults.pop(0)
        if all(one.id != inbound.id for one in self.taken):
            self.taken.append(inbound)
        self.arrived.set()
        return Received(1 + [one.id for one in self.taken].index(inbound.id), inbound)

    async def answer(self, received: Received, seconds: float) -> Answer:
        """See ``Desk.answer``; the seconds are over at once."""
        return Answer(finished=self.over.is_set())

    def answering(self, received: Received) -> bool:
        """See ``Desk.answering``."""
        return not self.over.is_set()

    async def history(self, ref: Ref, after: Cursor | None = None, seconds: float = 0.0) -> History:
        """See ``Desk.history``."""
        return History(ref, (), Cursor())
