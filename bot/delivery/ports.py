"""What the delivery engine needs from outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Inbound, Ref, Reply
from bot.delivery.records import Answer, Cursor, FinishedTurn, History, Received
from bot.dialogue.state import ConversationState

Clock = Callable[[], datetime]
"""Gives the present moment, with its time zone."""

Sleep = Callable[[float], Awaitable[None]]
"""Waits so many seconds."""

Sorry = Callable[[ConversationState], Reply]
"""What a citizen is told when every try to answer failed (``utter_sorry_error``), in the conversation's language."""

ApplyEffects = Callable[[AsyncSession, FinishedTurn], Awaitable[None]]
"""Carries out what a turn changes beside messages and state, in its transaction."""


Hear = Callable[[str], Awaitable[None]]
"""Is told what another process said."""


class Signals(Protocol):
    """How processes that share a database hear of each other."""

    async def start(self, hear: Hear) -> None:
        """Begin to listen."""
        ...

    async def stop(self) -> None:
        """Listen no more."""
        ...


class Transactions(Protocol):
    """A unit of work: leaving it commits, raising in it rolls back."""

    def write(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a transaction that may change something."""
        ...

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a transaction that only reads, and waits for no writer."""
        ...


class Desk(Protocol):
    """Where a channel hands its messages in, and where a pull channel fetches what came of them."""

    async def receive(self, inbound: Inbound) -> Received:
        """Take a message in; on return it is committed and will be answered.

        Raises:
            DifferentMessageError: The id is known with another content.
            StoppedError: The house is closing.
        """
        ...

    async def answer(self, received: Received, seconds: float) -> Answer:
        """Wait at most so many seconds for what comes of a message."""
        ...

    def answering(self, received: Received) -> bool:
        """Tell whether this process has still to answer a message; asks no database."""
        ...

    async def history(self, ref: Ref, after: Cursor | None = None, seconds: float = 0.0) -> History:
        """Return what was said beyond a place, waiting at most so many seconds when there is nothing yet."""
        ...
