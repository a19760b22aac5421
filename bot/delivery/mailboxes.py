"""One message at a time per conversation, in order of arrival; different conversations side by side."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from bot.channels.contract import Ref
from bot.delivery.records import Received

SIDE_BY_SIDE = 64


class Mailboxes:
    """The messages that wait in memory, by conversation. What is lost here with the process is still in the inbox."""

    def __init__(
        self,
        handle: Callable[[Received], Awaitable[None]],
        side_by_side: int = SIDE_BY_SIDE,
    ) -> None:
        """Take what handles one message (it must not raise), and how many may be handled at once."""
        self._handle = handle
        self._places = asyncio.Semaphore(side_by_side)
        self._boxes: dict[Ref, deque[Received]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._stopping = False

    def post(self, received: Received) -> None:
        """Queue a message behind those of its conversation; while stopping it is left for the next start."""
        if self._stopping:
            return
        ref = received.inbound.ref
        box = self._boxes.get(ref)
        if box is not None:
            box.append(received)
            return
        self._boxes[ref] = deque([received])
        worker = asyncio.create_task(self._work(ref), name="conversation")
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    def busy(self, ref: Ref) -> bool:
        """Tell whether some message of the conversation waits or is being answered."""
        return ref in self._boxes

    async def stop(self) -> None:
        """Finish the messages in hand and begin no other."""
        self._stopping = True
        await asyncio.gather(*self._workers, return_exceptions=True)

    async def _work(self, ref: Ref) -> None:
        box = self._boxes[ref]
        try:
            while box and not self._stopping:
                async with self._places:
                    # The place may have come free only because the house is closing.
                    if not self._stopping:
                        await self._handle(box.popleft())
        finally:
            del self._boxes[ref]
