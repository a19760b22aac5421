"""Who waits for what: requests for the end of a message, open pages for news of a conversation."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bot.channels.contract import Ref
from bot.delivery.records import Answer, Received


class Waiting:
    """Wakes requests within the process, so that nothing asks the database again and again."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._ends: dict[int, tuple[Received, asyncio.Future[Answer | None]]] = {}
        self._open: Counter[Ref] = Counter()
        self._listeners: dict[Ref, set[asyncio.Event]] = {}

    def expect(self, received: Received) -> None:
        """Note that a message has still to be answered; doing it again changes nothing."""
        if received.id in self._ends:
            return
        self._ends[received.id] = (received, asyncio.get_running_loop().create_future())
        self._open[received.inbound.ref] += 1

    def ended(self, received: Received, answer: Answer | None) -> None:
        """Wake all who wait for the message or listen to its conversation.

        Args:
            received: The message.
            answer: What came of it; ``None`` when it is left for the next start.
        """
        _, end = self._ends.pop(received.id, (received, None))
        if end is None:
            return
        ref = received.inbound.ref
        self._open[ref] -= 1
        if not self._open[ref]:
            del self._open[ref]
        end.set_result(answer)
        self.news(ref)

    def news(self, ref: Ref) -> None:
        """Wake all who listen to a conversation."""
        for listener in self._listeners.get(ref, ()):
            listener.set()

    def expected(self) -> list[Received]:
        """Return the messages that somebody may be waiting for."""
        return [received for received, _ in self._ends.values()]

    def listeners(self) -> list[Ref]:
        """Return the conversations to whose news somebody listens."""
        return list(self._listeners)

    def pending(self, ref: Ref) -> bool:
        """Tell whether some message of the conversation has still to be answered."""
        return ref in self._open

    def expects(self, inbox_id: int) -> bool:
        """Tell whether a message has still to be answered here."""
        return inbox_id in self._ends

    def release(self) -> None:
        """Wake everybody: the house is closing."""
        for _, end in self._ends.values():
            end.set_result(None)
        self._ends.clear()
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.set()

    async def end(self, inbox_id: int, seconds: float) -> Answer | None:
        """Wait for what comes of a message.

        Returns:
            The answer; ``None`` when the seconds are over, or when nobody here is answering the message.
        """
        _, end = self._ends.get(inbox_id, (None, None))
        if end is None:
            return None
        # Unlike wait_for, this leaves the future alone when the time is over: others wait for it too.
        await asyncio.wait({end}, timeout=seconds)
        return end.result() if end.done() else None

    @contextmanager
    def listening(self, ref: Ref) -> Iterator[asyncio.Event]:
        """Give an event that is set at the next news of the conversation."""
        event = asyncio.Event()
        self._listeners.setdefault(ref, set()).add(event)
        try:
            yield event
        finally:
            listeners = self._listeners[ref]
            listeners.discard(event)
            if not listeners:
                del self._listeners[ref]
