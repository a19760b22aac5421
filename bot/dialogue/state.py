"""What a conversation remembers between turns; stored as JSON with a version of its own layout."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from nlu.learning.review import Earlier
from nlu.understanding import Aspect

LAYOUT = 1
"""Number of the present layout; an older one is carried over by ``decode``, an unknown one starts afresh."""


class Option(msgspec.Struct, frozen=True):
    """One choice that was offered and may be answered by number, name or button."""

    id: str
    title: str


class ConversationState(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """State of one conversation."""

    layout: int = LAYOUT
    language: str = "vi"
    procedure: str = ""
    """Code of the procedure under discussion."""
    aspects: tuple[str, ...] = ()
    """Aspects of the question that waits for a choice."""
    options: tuple[Option, ...] = ()
    """What was offered last."""
    asked: tuple[str, ...] = ()
    """Aspects answered last; "thế cấp lại thì sao" asks for the same."""
    greeted: bool = False
    """Whether the citizen was told that this is an automatic assistant."""
    turns: int = 0
    earlier: Earlier | None = None
    """The last question, masked: the next turn may show that it was misunderstood."""


def waiting_aspects(state: ConversationState) -> tuple[Aspect, ...]:
    """Return the aspects of the question that waits; what an older program called otherwise is passed over."""
    return _known(state.aspects)


def asked_before(state: ConversationState) -> tuple[Aspect, ...]:
    """Return the aspects that wait for a choice, else those answered last."""
    return _known(state.aspects) or _known(state.asked)


def _known(names: Sequence[str]) -> tuple[Aspect, ...]:
    known = {aspect.value: aspect for aspect in Aspect}
    return tuple(known[name] for name in names if name in known)


def without_options(state: ConversationState) -> ConversationState:
    """Return a state in which nothing waits for a choice."""
    return msgspec.structs.replace(state, options=(), aspects=())


def encode(state: ConversationState) -> bytes:
    """Return the state as JSON."""
    return msgspec.json.encode(state)


def decode(raw: bytes | None) -> ConversationState:
    """Read a state; what cannot be read starts afresh rather than stopping the conversation."""
    if not raw:
        return ConversationState()
    try:
        state = msgspec.json.decode(raw, type=ConversationState)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return ConversationState()
    return state if state.layout == LAYOUT else ConversationState()
