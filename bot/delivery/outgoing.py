"""What the outbox hands to the sender, and what the sender makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.channels.contract import NativeCall, Ref
from bot.delivery.tables import OutboxState


@dataclass(frozen=True)
class Outgoing:
    """One native call that has still to leave."""

    id: int
    ref: Ref
    key: str
    call: NativeCall | None
    """``None`` when it can no longer be opened."""
    attempts: int
    """How often it was handed to the platform so far."""
    due_at: datetime | None
    """Not to be sent before."""


@dataclass(frozen=True)
class Attempt:
    """The intention to send, written down before the call: after a crash it is known that it may have gone."""

    outgoing: Outgoing
    owner: str = ""
    """The process that sends, where several share the work: it must still hold the conversation."""

    @property
    def number(self) -> int:
        """Return which attempt it is, from 1."""
        return self.outgoing.attempts + 1


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt."""

    outgoing: Outgoing
    number: int
    """Of the attempt; what an attempt that was overtaken by another brings counts only if it was delivered."""
    state: OutboxState
    attempts: int
    """What counts from now on; less than ``number`` when it was not the message's fault."""
    began_at: datetime
    at: datetime
    due_at: datetime | None = None
    sent_id: str = ""
    detail: str = ""
    alone: bool = False
    """Whether an unreachable end is this call's alone, and not the conversation's."""


@dataclass(frozen=True)
class OutboxLine:
    """One row as an operator sees it: nothing of the citizen."""

    id: int
    channel: str
    account: str
    state: OutboxState
    created_at: datetime
    attempts: int
    due_at: datetime | None
    finished_at: datetime | None
    detail: str
    kept: bool
    """Whether its content is still there."""
    about: str = ""
    """First word of a notice's key, which says what it is about; empty for an answer."""
