"""What a process does with a database: alone, or one of several that share the conversations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.group_commit import GroupCommit
from bot.delivery.records import Added, Arrival, FinishedTurn, Received
from bot.delivery.waiting import Waiting


@dataclass(frozen=True)
class Workers:
    """Who does the work of this process."""

    post: Callable[[Received], None]
    """Has a message answered, behind those before it; nothing for one that is in hand."""
    known: Callable[[int], bool]
    """Tells whether a message waits or is being answered here."""
    wake: Callable[[Ref], None]
    """Has a conversation's outbox sent."""
    busy: Callable[[Ref], bool]
    """Tells whether something of a conversation is in hand."""
    forget: Callable[[Ref], None]
    """Has a conversation's state read anew."""
    writer: GroupCommit
    waiting: Waiting
    channels: frozenset[str]
    """All channels that are switched on; messages of others wait in the inbox until theirs is."""
    pushing: frozenset[str]
    """Channels to which we send."""
    processes: Callable[[int], None]
    """Is told how many processes share the work."""


class Share(Protocol):
    """Which conversations this process may work on, and how it learns of their work."""

    async def start(self, workers: Workers) -> None:
        """Take up what waits, and go on looking for work."""
        ...

    async def quiet(self) -> None:
        """Look for no more work."""
        ...

    async def stop(self) -> None:
        """Let go of all conversations; nothing is in hand any more."""
        ...

    def owner(self, ref: Ref) -> str | None:
        """Return in whose name this process holds a conversation, "" without others; ``None`` when it does not."""
        ...

    def left(self, ref: Ref) -> float:
        """Return for how many seconds calls to a conversation may be on their way; it grows while we live."""
        ...

    async def add(self, session: AsyncSession, arrivals: Sequence[Arrival]) -> list[Added]:
        """Put messages into the inbox and tell what of them is to be answered here."""
        ...

    def taken(self, added: Added) -> None:
        """Note, once that is committed, that a conversation was taken with a message."""
        ...

    async def finish(self, session: AsyncSession, turns: Sequence[FinishedTurn]) -> list[None]:
        """Write what turns leave behind, and have those know who wait for it elsewhere."""
        ...

    async def announced(self, session: AsyncSession, ref: Ref) -> None:
        """Have other processes know of a notice, once the session is committed."""
        ...

    async def pending(self, session: AsyncSession, ref: Ref) -> bool:
        """Tell whether some message of the conversation has still to be answered."""
        ...
