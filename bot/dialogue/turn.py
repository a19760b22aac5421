"""One turn of a conversation: state and inbound message in, replies and new state out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.channels.contract import Inbound, Reply
from bot.dialogue.effects import Effect
from bot.dialogue.state import ConversationState
from nlu.learning.review import Sighting


@dataclass(frozen=True)
class TurnResult:
    """What a turn came to. The engine stores the state and queues the replies in one transaction."""

    replies: tuple[Reply, ...]
    state: ConversationState
    trace: dict[str, Any] = field(default_factory=dict)
    """Intent, aspects, candidates, outcome and timings; kept only when the server was started with ``--trace``."""
    review: tuple[Sighting, ...] = ()
    """What goes to the review list, in the same transaction."""
    effects: tuple[Effect, ...] = ()
    """What else the turn changes; carried out in the same transaction."""
    outcome: str = ""
    """``nlu.decision.Outcome``: kept beside the message, so that days can be counted; empty for unknown."""


class Dialogue(Protocol):
    """Decides what to answer. Reads the catalogue; writes nothing itself."""

    async def turn(self, state: ConversationState, inbound: Inbound) -> TurnResult:
        """Answer one message."""
        ...
