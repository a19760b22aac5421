"""What the delivery engine keeps, as it is handed around: messages, replies, places in a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.contract import Inbound, NativeCall, Ref
from bot.delivery.tables import InboxState
from bot.dialogue.effects import Effect
from bot.dialogue.state import ConversationState
from nlu.learning.review import Sighting


@dataclass(frozen=True)
class Arrival:
    """A message that has come and is not stored yet."""

    inbound: Inbound
    at: datetime
    """When it came, by our clock."""


@dataclass(frozen=True)
class Received:
    """A message that is safely in the inbox."""

    id: int
    """Order of arrival over all conversations."""
    inbound: Inbound
    state: InboxState = InboxState.NEW
    recoveries: int = 0


@dataclass(frozen=True)
class Added:
    """What became of an arrival."""

    received: Received
    new: bool
    """False when its id was in the inbox before."""
    work: tuple[Received, ...] = ()
    """What this process has to answer now: the message itself, and what stands before it; nothing when another has
    the conversation."""
    taken_by: str = ""
    """Name under which this process took the conversation with the message; empty when it had it or has it not."""


@dataclass(frozen=True)
class StoredState:
    """What a conversation remembers, with the number that guards it against a second writer."""

    version: int
    """0 for a conversation that was never stored."""
    state: ConversationState


@dataclass(frozen=True)
class StoredCall:
    """One native call in the outbox."""

    key: str
    """Idempotency key; the web shows each key once."""
    call: NativeCall
    created_at: datetime


@dataclass(frozen=True)
class Answer:
    """What came of one message."""

    finished: bool
    """False while the turn is still waiting or running."""
    calls: tuple[StoredCall, ...] = ()
    trace: Mapping[str, Any] | None = None
    """Only when the server keeps traces."""


@dataclass(frozen=True)
class Cursor:
    """How far a client has read a conversation."""

    inbox: int = 0
    outbox: int = 0

    def __str__(self) -> str:
        return f"{self.inbox}.{self.outbox}"


@dataclass(frozen=True)
class Said:
    """One line of a conversation's history, from either side."""

    at: datetime
    inbound: Inbound | None = None
    """Set when the citizen said it."""
    stored: StoredCall | None = None
    """Set when the assistant said it."""
    finished: bool = True
    """For a citizen's message: whether it was answered."""
    number: int = 0
    """Of a citizen's message, in the inbox."""


@dataclass(frozen=True)
class History:
    """A part of a conversation, oldest first."""

    ref: Ref
    said: tuple[Said, ...]
    cursor: Cursor
    """Where to read on."""
    pending: bool = False
    """Whether some message still waits for its answer."""


@dataclass(frozen=True)
class FinishedTurn:
    """All that a turn leaves behind; written in one transaction."""

    received: Received
    before: StoredState
    after: ConversationState
    calls: tuple[StoredCall, ...]
    held: bool
    """Whether the client fetches the calls itself (pull channel)."""
    state: InboxState
    at: datetime
    trace: Mapping[str, Any] | None = None
    review: tuple[Sighting, ...] = ()
    """What goes to the review list."""
    effects: tuple[Effect, ...] = ()
    """What else it changes."""
    outcome: str = ""
    """What the turn came to; empty for unknown. Counted by day, never shown beside a conversation."""
