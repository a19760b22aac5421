"""What a flow of the dialogue answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.contract import Reply
from bot.dialogue.state import ConversationState
from nlu.decision import Outcome


@dataclass(frozen=True)
class Said:
    """Replies with the state after them and what they came to."""

    replies: tuple[Reply, ...]
    state: ConversationState
    outcome: Outcome
    codes: tuple[str, ...] = ()
    opens: str = ""
    """Name of the flow that the message asks for; the assistant opens it; there are no replies then."""
