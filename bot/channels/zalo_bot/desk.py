"""Shows that the bot is typing as soon as a message is taken in; nothing depends on it."""

from __future__ import annotations

import asyncio

from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.zalo_bot.client import Caller
from bot.delivery.ports import Desk
from bot.delivery.records import Answer, Cursor, History, Received

MOST = 50
"""Typing calls on their way at once; beyond them none is made."""


class TypingDesk:
    """The engine's desk, which also shows typing."""

    def __init__(self, desk: Desk, caller: Caller) -> None:
        """Take the desk that messages go to."""
        self._desk = desk
        self._caller = caller
        self._typing: set[asyncio.Task[object]] = set()

    async def receive(self, inbound: Inbound) -> Received:
        """See ``Desk.receive``."""
        received = await self._desk.receive(inbound)
        if inbound.kind is InboundKind.TEXT and len(self._typing) < MOST:
            body = {"chat_id": inbound.ref.conversation, "action": "typing"}
            typing: asyncio.Task[object] = asyncio.create_task(self._caller.call("sendChatAction", body, 5.0))
            self._typing.add(typing)
            typing.add_done_callback(self._typing.discard)
        return received

    async def close(self) -> None:
        """Let go of what is on its way."""
        for typing in list(self._typing):
            typing.cancel()
        await asyncio.gather(*self._typing, return_exceptions=True)

    async def answer(self, received: Received, seconds: float) -> Answer:
        """See ``Desk.answer``."""
        return await self._desk.answer(received, seconds)

    def answering(self, received: Received) -> bool:
        """See ``Desk.answering``."""
        return self._desk.answering(received)

    async def history(self, ref: Ref, after: Cursor | None = None, seconds: float = 0.0) -> History:
        """See ``Desk.history``."""
        return await self._desk.history(ref, after, seconds)
