"""One message at a time per conversation, in order of arrival; different conversations side by side."""

from __future__ import annotations

import asyncio
from bisect import insort
from collections.abc import Awaitable, Callable

from bot.channels.contract import Ref
from bot.delivery.records import Received

SIDE_BY_SIDE = 16
"""Turns in hand at once; what is in hand competes with messages that are coming in, and waits for Rasa anyway."""


class Mailboxes:
    """The messages that wait in memory, by conversation. What is lost here with the process is still in the inbox."""

    def __init__(
        self,
        handle: Callable[[Received], Awaitable[None]],
        side_by_side: int = SIDE_BY_SIDE,
        ours: Callable[[Ref], bool] = lambda _: True,
        calm: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Put the boxes up.

        Args:
            handle: answers one message; it must not raise.
            side_by_side: how many may be answered at once.
            ours: tells which conversations are ours.
            calm: waits before each message, for what goes first.
        """
        self._handle = handle
        self._places = asyncio.Semaphore(side_by_side)
        self._ours = ours
        self._calm = calm
        self._boxes: dict[Ref, list[Received]] = {}
        self._known: set[int] = set()
        self._workers: set[asyncio.Task[None]] = set()
        self._stopping = False

    def post(self, received: Received) -> None:
        """Queue a message in its place among those of its conversation; one that is here already stays as it is.

        While stopping it is left for the next start.
        """
        if self._stopping or received.id in self._known:
            return
        self._known.add(received.id)
        ref = received.inbound.ref
        box = self._boxes.get(ref)
        if box is not None:
            insort(box, received, key=lambda one: one.id)
            return
        self._boxes[ref] = [received]
        worker = asyncio.create_task(self._work(ref), name="conversation")
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    def busy(self, ref: Ref) -> bool:
        """Tell whether some message of the conversation waits or is being answered."""
        return ref in self._boxes

    def known(self, inbox_id: int) -> bool:
        """Tell whether a message waits or is being answered here."""
        return inbox_id in self._known

    def close(self) -> None:
        """Begin no other message: one that is left for the next start must not be overtaken by those behind it."""
        self._stopping = True

    async def stop(self) -> None:
        """Finish the messages in hand and begin no other."""
        self.close()
        await asyncio.gather(*self._workers, return_exceptions=True)

    async def _work(self, ref: Ref) -> None:
        box = self._boxes[ref]
        try:
            while box and not self._stopping and self._ours(ref):
                if self._calm is not None:
                    await self._calm()
                async with self._places:
                    # The place may have come free only because the house is closing; or the conversation was lost.
                    if not self._stopping and self._ours(ref):
                        received = box.pop(0)
                        await self._handle(received)
                        self._known.discard(received.id)
        finally:
            self._known.difference_update(received.id for received in box)
            del self._boxes[ref]
